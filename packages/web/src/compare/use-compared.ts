import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { type CompareExperimentsQuery, compareExperiments } from './generated/operations.ts';

/** How often it is looked for what changes meanwhile: a measurement may still be running. */
const LOOK_AGAIN_MS = 5000;

/** An experiment as it is compared. */
export type Compared = CompareExperimentsQuery['experimentsByEid'][number];

/** The experiments with these EIDs and their files, by one query, in any order; those that there are not are left out. */
export function useCompared(eids: readonly string[]) {
  return useQuery({
    queryKey: ['compare', 'experiments', eids.toSorted()],
    queryFn: async ({ signal }) =>
      eids.length > 0 ? (await ask(compareExperiments, { eids: [...eids] }, signal)).experimentsByEid : [],
    // While one is added or taken out, the others stay in place.
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN_MS,
  });
}
