import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { type ExperimentFactsFragment, oneExperiment } from './generated/operations.ts';
import { LISTS_KEY } from './use-experiments.ts';

/** How often an open experiment is looked at for what others change. */
const LOOK_AGAIN_MS = 5000;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An experiment as its page shows it. */
export type Experiment = ExperimentFactsFragment;

/** @param id - EID or UUID, as it stands in the address. */
export function identifierOf(id: string) {
  return { type: UUID.test(id) ? 'UUID' : 'EID', value: id } as const;
}

/** An experiment as its page shows it; null where there is none. */
export function experimentQuery(id: string) {
  return queryOptions({
    queryKey: ['experiment', id],
    queryFn: async ({ signal }) =>
      (await ask(oneExperiment, { id: identifierOf(id) }, signal)).experiment ?? null,
  });
}

/** An experiment, kept up to date while it is shown. */
export function useExperiment(id: string) {
  return useQuery({ ...experimentQuery(id), refetchInterval: LOOK_AGAIN_MS });
}

/** Reads an experiment afresh. */
export async function readExperiment(uuid: string): Promise<Experiment> {
  const { experiment } = await ask(oneExperiment, { id: identifierOf(uuid) });
  if (!experiment) throw new Error('The experiment has been deleted meanwhile.');
  return experiment;
}

/** Shows what a change has answered, and lets lists be read again. */
export function noteExperiment(client: QueryClient, experiment: Experiment): void {
  for (const id of [experiment.eid, experiment.uuid]) {
    const { queryKey } = experimentQuery(id);
    if (client.getQueryData(queryKey)) client.setQueryData(queryKey, experiment);
  }
  void client.invalidateQueries({ queryKey: LISTS_KEY });
}
