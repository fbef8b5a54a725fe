import { ARCHIVED_TAG, FAVOURITE_TAG } from '@aqueduct/client/protocol';
import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { tellFailed } from '../session/failure-text.ts';
import { isUnreachable } from '../session/is-unreachable.ts';
import { queryClient } from '../session/query-client.ts';
import { isReachable, untilReachable } from '../session/reachability.ts';
import { holdPageAsking } from '../session/unsaved.ts';
import { tagExperiments } from './generated/operations.ts';
import { type ExperimentRow, LISTS_KEY, ROWS_KEY } from './use-experiments.ts';

/** What happens to the tags of some experiments. */
export interface TagChange {
  readonly uuids: readonly string[];
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

interface Rows {
  readonly rows: readonly ExperimentRow[];
  readonly hasMore: boolean;
}

const CHANGES_KEY = ['change tags'] as const;

// Changes wait here only.
holdPageAsking(() => !isReachable() && queryClient.isMutating({ mutationKey: CHANGES_KEY }) > 0);

/**
 * Changes tags: at once on the screen, and back again if the server refuses. While the server is away they wait, also when
 * somebody goes on to another page.
 *
 * @param scope - changes of one scope are made one after the other: what is added and taken away again stays away.
 */
export function useChangeTags(scope: string) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: [...CHANGES_KEY, scope],
    scope: { id: `tags of ${scope}` },
    mutationFn: changeAtServer,
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: ROWS_KEY });
      const before = client.getQueriesData<Rows>({ queryKey: ROWS_KEY });
      client.setQueriesData<Rows>({ queryKey: ROWS_KEY }, (list) => list && withChange(list, change));
      return before;
    },
    onError: (error, _change, before) => {
      for (const [key, list] of before ?? []) client.setQueryData(key, list);
      tellFailed('change the tags', error);
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: LISTS_KEY }),
        client.invalidateQueries({ queryKey: ['experiment'] }),
      ]),
  });
}

/** Tags as they are once the changes of a scope that are on their way have been made. */
export function useTagsToBe(tags: readonly string[], scope: string): readonly string[] {
  const changes = useMutationState({
    filters: { mutationKey: [...CHANGES_KEY, scope], status: 'pending' },
    select: ({ state }) => state.variables as TagChange,
  });
  return changes.reduce(changeTags, tags);
}

/** Gives or takes the star. */
export function starChange(uuids: readonly string[], isWanted: boolean): TagChange {
  return isWanted ? { uuids, add: [FAVOURITE_TAG] } : { uuids, remove: [FAVOURITE_TAG] };
}

/** Puts aside, or takes back. */
export function archiveChange(uuids: readonly string[], isWanted: boolean): TagChange {
  return isWanted ? { uuids, add: [ARCHIVED_TAG] } : { uuids, remove: [ARCHIVED_TAG] };
}

/** Done twice, a change is the same: it is asked for until there is an answer. */
async function changeAtServer({ uuids, add = [], remove = [] }: TagChange) {
  for (;;) {
    try {
      return await ask(tagExperiments, { uuids: [...uuids], add: [...add], remove: [...remove] });
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      await untilReachable();
    }
  }
}

function withChange(list: Rows, change: TagChange): Rows {
  return { ...list, rows: list.rows.map((row) => changeRow(row, change)) };
}

/** A row as it is after a change, which may be one of others. */
export function changeRow(row: ExperimentRow, change: TagChange): ExperimentRow {
  return change.uuids.includes(row.uuid) ? { ...row, tags: [...changeTags(row.tags, change)] } : row;
}

function changeTags(tags: readonly string[], { add = [], remove = [] }: TagChange): readonly string[] {
  const gone = new Set(remove.map((tag) => tag.toLowerCase()));
  const kept = tags.filter((tag) => !gone.has(tag.toLowerCase()));
  const known = new Set(kept.map((tag) => tag.toLowerCase()));
  return [...kept, ...add.filter((tag) => !known.has(tag.toLowerCase()))];
}
