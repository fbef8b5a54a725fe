import { ask } from '../session/ask.ts';
import { weighExperiments, whatIsLost } from './generated/operations.ts';
import type { listVariables } from './list-search.ts';
import { identifierOf } from './use-experiment.ts';

/** What would go away with an experiment. */
export interface Weight {
  readonly files: readonly { readonly size: number }[];
  readonly tasks: readonly unknown[];
}

/** Asks what would be lost with one experiment. */
export async function weighOne(uuid: string, signal: AbortSignal): Promise<Weight[]> {
  const { experiment } = await ask(whatIsLost, { id: identifierOf(uuid) }, signal);
  return experiment ? [experiment] : [];
}

/** Asks what would be lost with some experiments of a page of a list; of those that have left the page meanwhile, one by one. */
export async function weighOfPage(
  variables: ReturnType<typeof listVariables>,
  uuids: readonly string[],
  signal: AbortSignal,
): Promise<Weight[]> {
  const { experiments } = await ask(weighExperiments, variables, signal);
  const found = experiments.experimentsData.filter(({ uuid }) => uuids.includes(uuid));
  const left = uuids.filter((uuid) => !found.some((one) => one.uuid === uuid));
  const others = await Promise.all(left.map((uuid) => weighOne(uuid, signal)));
  return [...found, ...others.flat()];
}
