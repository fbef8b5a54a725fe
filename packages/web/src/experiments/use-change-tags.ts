import { ARCHIVED_TAG, FAVOURITE_TAG } from '@aqueduct/client/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { tellFailed } from '../session/failure-text.ts';
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

/** Changes tags: at once on the screen, and back again if the server refuses. */
export function useChangeTags() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ uuids, add = [], remove = [] }: TagChange) =>
      ask(tagExperiments, { uuids: [...uuids], add: [...add], remove: [...remove] }),
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

/** Gives or takes the star. */
export function starChange(uuids: readonly string[], isWanted: boolean): TagChange {
  return isWanted ? { uuids, add: [FAVOURITE_TAG] } : { uuids, remove: [FAVOURITE_TAG] };
}

/** Puts aside, or takes back. */
export function archiveChange(uuids: readonly string[], isWanted: boolean): TagChange {
  return isWanted ? { uuids, add: [ARCHIVED_TAG] } : { uuids, remove: [ARCHIVED_TAG] };
}

function withChange(list: Rows, { uuids, add = [], remove = [] }: TagChange): Rows {
  const gone = new Set(remove.map((tag) => tag.toLowerCase()));
  const rows = list.rows.map((row) => {
    if (!uuids.includes(row.uuid)) return row;
    const kept = row.tags.filter((tag) => !gone.has(tag.toLowerCase()));
    const known = new Set(kept.map((tag) => tag.toLowerCase()));
    return { ...row, tags: [...kept, ...add.filter((tag) => !known.has(tag.toLowerCase()))] };
  });
  return { ...list, rows };
}
