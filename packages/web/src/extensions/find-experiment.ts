import { ask } from '../session/ask.ts';
import { failureCode } from '../session/failure-text.ts';
import { experimentByEid } from './generated/operations.ts';

/** The experiment with an EID; null where there is none that the viewer may see. */
export async function findExperiment(eid: string, signal?: AbortSignal) {
  try {
    return (await ask(experimentByEid, { eid }, signal)).experiment;
  } catch (error) {
    if (failureCode(error) === 'NOT_FOUND') return null;
    throw error;
  }
}
