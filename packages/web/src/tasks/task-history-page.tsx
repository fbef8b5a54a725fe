import { IconListDetails, IconListSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { FailureNotice } from '../session/failure-notice.tsx';
import { DialogPlace } from '../ui/dialog-place.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { rowKeys } from '../ui/row-keys.ts';
import { useKeys } from '../ui/use-keys.ts';
import { useTaskCount, useTasks } from './find-tasks.ts';
import { HistoryFilters } from './history-filters.tsx';
import { filtersOf, isFiltered, PAGE_SIZES } from './history-search.ts';
import { useLiveTasks } from './live-tasks.ts';
import { TaskTable } from './task-table.tsx';
import { useHistorySearch } from './use-history-search.ts';

const TaskDrawer = lazyPart(async () => (await import('./task-drawer.tsx')).TaskDrawer);
const KeyHelp = lazyPart(async () => (await import('../ui/key-help.tsx')).KeyHelp);

/** What the keys of the list do, for its help. */
const KEYS = [
  ['j k', 'Next and previous task'],
  ['Enter', 'Its details'],
  ['[ ]', 'Previous and next page'],
  ['?', 'This help'],
] as const;

/** All tasks, the newest first. What it shows stands in its address. */
export function TaskHistoryPage() {
  useLiveTasks();
  const { search, change } = useHistorySearch();
  const { page = 0, rowsPerPage = PAGE_SIZES[0], task } = search;
  const filters = filtersOf(search);
  // One more than is shown says whether there is a next page, long before the total does.
  const { data, error, isPlaceholderData, refetch } = useTasks(filters, rowsPerPage + 1, page * rowsPerPage);
  const { data: total } = useTaskCount(filters);
  const tasks = data?.slice(0, rowsPerPage) ?? [];
  const hasMore = (data?.length ?? 0) > rowsPerPage;
  const [isHelping, setHelping] = useState(false);
  const turnTo = (next: number) => change({ page: next || undefined }, true);
  useKeys({
    ...rowKeys,
    '[': () => page > 0 && turnTo(page - 1),
    ']': () => hasMore && turnTo(page + 1),
    '?': () => setHelping(true),
  });
  return (
    <Page title="Task history">
      <HistoryFilters search={search} change={change} tasks={tasks} />
      {data ? (
        <div aria-busy={isPlaceholderData}>
          {tasks.length === 0 ? (
            <Nothing isFiltered={isFiltered(search) || page > 0} />
          ) : (
            <TaskTable
              tasks={tasks}
              label="Tasks"
              open={task}
              onOpen={(uuid) => change({ task: uuid }, true)}
            />
          )}
          {(tasks.length > 0 || page > 0) && (
            <Pager
              page={page}
              rowsPerPage={rowsPerPage}
              choices={PAGE_SIZES}
              count={tasks.length}
              hasMore={hasMore}
              total={total}
              onPage={turnTo}
              onRowsPerPage={(rows) => change({ rowsPerPage: rows, page: undefined })}
            />
          )}
        </div>
      ) : error ? (
        <FailureNotice what="read the tasks" error={error} retry={() => void refetch()} />
      ) : (
        <Loading what="Reading the tasks" />
      )}
      <DialogPlace isOpen={isHelping} onClose={() => setHelping(false)}>
        {isHelping && <KeyHelp keys={KEYS} onClose={() => setHelping(false)} />}
      </DialogPlace>
      <DialogPlace isOpen={task !== undefined} onClose={() => change({ task: undefined })}>
        <TaskDrawer
          uuid={task}
          onOpen={(uuid) => change({ task: uuid }, true)}
          onClose={() => change({ task: undefined })}
        />
      </DialogPlace>
    </Page>
  );
}

function Nothing({ isFiltered: isSome }: { readonly isFiltered: boolean }) {
  return isSome ? (
    <Notice icon={IconListSearch} title="No task is like this">
      Take a filter away, or go back to the first page.
    </Notice>
  ) : (
    <Notice icon={IconListDetails} title="No tasks yet">
      Open an experiment and run an extension on it. What runs, and what ran, is listed here.
    </Notice>
  );
}
