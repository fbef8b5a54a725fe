import { Failure } from '@aqueduct/client/protocol';
import { askOnce } from '../session/ask.ts';
import type { Choice, Values } from './extension.ts';
import { findExperiment } from './find-experiment.ts';
import { submitTask } from './generated/operations.ts';
import type { KnownExperiment } from './use-experiment-named.ts';

/**
 * Runs an action. The task belongs to the experiment that its first parameter of this type names.
 *
 * @returns the UUID of the task
 */
export async function submitValues(
  { extension, action }: Choice,
  values: Values,
  current: Pick<KnownExperiment, 'eid' | 'uuid'>,
): Promise<string> {
  const eid = values[action.experimentVariableName ?? ''] ?? current.eid;
  const experimentUuid = eid === current.eid ? current.uuid : await uuidOf(eid);
  const { executeExtension } = await askOnce(submitTask, {
    input: {
      experimentUuid,
      extension: extension.name,
      action: action.name,
      params: Object.entries(values).map((pair) => [...pair]),
    },
  });
  return executeExtension.uuid;
}

async function uuidOf(eid: string): Promise<string> {
  const experiment = await findExperiment(eid);
  if (!experiment) throw new Failure('NOT_FOUND', `Experiment not found: there is no ${eid}.`);
  return experiment.uuid;
}
