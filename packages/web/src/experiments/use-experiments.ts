import { pause } from '@aqueduct/client/protocol';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import {
  completeTag,
  countExperiments,
  type ExperimentRowFragment,
  listAuthors,
  listExperiments,
  suggestExperiments,
} from './generated/operations.ts';
import { type ListSearch, listVariables, type Scope } from './list-search.ts';

export type ExperimentRow = ExperimentRowFragment;

/** All that is kept of lists of experiments lies below this key. */
export const LISTS_KEY = ['experiments'] as const;
export const ROWS_KEY = [...LISTS_KEY, 'rows'] as const;

/** How often a list that is looked at is read again for what others, and programs, have made. */
const LOOK_AGAIN_MS = 10_000;

/** The rows of one page; those before stay in place while new ones come. */
export function rowsQuery(scope: Scope, search: ListSearch) {
  const variables = listVariables(scope, search);
  return queryOptions({
    queryKey: [...ROWS_KEY, scope, variables],
    queryFn: async ({ signal }) => {
      const { experiments } = await ask(listExperiments, variables, signal);
      return { rows: experiments.experimentsData, hasMore: experiments.endCursor !== null };
    },
  });
}

/** A total is counted once somebody types no more: counts of what each key finds would wait for each other. */
const TYPING_SECONDS = 0.25;

/** How many the filters match, in all. */
function totalQuery(scope: Scope, search: ListSearch) {
  const { filters } = listVariables(scope, search);
  return queryOptions({
    queryKey: [...LISTS_KEY, 'total', filters],
    queryFn: async ({ signal }) => {
      if (filters.title !== undefined) await pause(TYPING_SECONDS, signal);
      return (await ask(countExperiments, { filters }, signal)).experiments.totalExperimentsCount;
    },
  });
}

/** A page of a list, and its total as soon as it is known. */
export function useExperiments(scope: Scope, search: ListSearch) {
  const list = useQuery({
    ...rowsQuery(scope, search),
    refetchInterval: LOOK_AGAIN_MS,
    // Rows of another list in the place of this one's would be wrong; those of another search are just older.
    placeholderData: (previous, query) => (query?.queryKey[ROWS_KEY.length] === scope ? previous : undefined),
  });
  const total = useQuery({
    ...totalQuery(scope, search),
    refetchInterval: LOOK_AGAIN_MS,
    enabled: list.isSuccess && !list.isPlaceholderData,
  });
  return { list, total: total.data };
}

/** Tags with a beginning, as many as fit into a menu. */
export function useTagCompletion(startsWith: string, enabled: boolean) {
  return useQuery({
    queryKey: [...LISTS_KEY, 'tags', startsWith],
    queryFn: async ({ signal }) => (await ask(completeTag, { startsWith }, signal)).tags.tagsData,
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** The newest experiments with a text in title or EID, as many as fit into a menu. */
export function useSuggestedExperiments(text: string) {
  return useQuery({
    queryKey: [...LISTS_KEY, 'suggestions', text],
    queryFn: async ({ signal }) =>
      (await ask(suggestExperiments, { text: text || null }, signal)).experiments.experimentsData,
    placeholderData: keepPreviousData,
  });
}

/** The names of all who have made experiments. */
export function useAuthors() {
  return useQuery({
    queryKey: [...LISTS_KEY, 'authors'],
    queryFn: async ({ signal }) => (await ask(listAuthors, {}, signal)).authors,
  });
}
