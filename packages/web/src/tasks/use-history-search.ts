import { useNavigate, useSearch } from '@tanstack/react-router';
import { type HistorySearch, readHistorySearch } from './history-search.ts';

/** What the address of the task history says, and a way to change it. */
export function useHistorySearch() {
  const search = readHistorySearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  /** @param isStep - whether "back" leads to what is shown now. */
  const change = (changes: HistorySearch, isStep = false) => {
    // A change of a filter begins with its first page.
    const isOfPlace = 'page' in changes || 'task' in changes;
    const next = { ...search, ...(isOfPlace ? {} : { page: undefined }), ...changes };
    void navigate({
      to: '/aqd/task-history',
      search: next as never,
      replace: !isStep,
      resetScroll: false,
    });
  };
  return { search, change };
}
