import { Box, Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { eidsText, MOST_COMPARED } from '../compare/compare-search.ts';
import { FailureNotice } from '../session/failure-notice.tsx';
import { DialogPlace } from '../ui/dialog-place.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { useStable } from '../ui/use-stable.ts';
import { EmptyList } from './empty-list.tsx';
import { ExperimentTable } from './experiment-table.tsx';
import { LIST_KEYS, useListKeys } from './list-keys.ts';
import {
  DEFAULT_ROWS,
  isFiltered,
  type ListSearch,
  listVariables,
  parseListSearch,
  ROWS_CHOICES,
  type Scope,
} from './list-search.ts';
import { ListToolbar } from './list-toolbar.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { isArchived, isFavourite } from './system-marks.ts';
import { useArchive } from './use-archive.ts';
import { changeRow, starChange, useChangeTags } from './use-change-tags.ts';
import { useCreateExperiment } from './use-create-experiment.ts';
import { type ExperimentRow, useExperiments } from './use-experiments.ts';
import { useSelection } from './use-selection.ts';
import { weighOfPage } from './weigh-experiments.ts';

// Dialogs come when they are asked for.
const TagDialog = lazyPart(async () => (await import('./tag-dialog.tsx')).TagDialog);
const RemoveDialog = lazyPart(async () => (await import('./remove-dialog.tsx')).RemoveDialog);
const KeyHelp = lazyPart(async () => (await import('../ui/key-help.tsx')).KeyHelp);

type Dialog = { kind: 'tags' | 'remove'; rows: readonly ExperimentRow[] } | { kind: 'help' };

const NO_ROWS: readonly ExperimentRow[] = [];

/** A list of experiments: search and filters, a page of rows, and all that can be done with them. */
export function ExperimentList({ scope, title }: { readonly scope: Scope; readonly title: string }) {
  const search = parseListSearch(useSearch({ strict: false }), scope);
  const navigate = useNavigate();
  const { list, total } = useExperiments(scope, search);
  const rows = list.data?.rows ?? NO_ROWS;
  const [dialog, setDialog] = useState<Dialog>();
  const changeTags = useChangeTags('lists');
  const creation = useCreateExperiment();
  const searchField = useRef<HTMLInputElement>(null);

  const { page = 0, rowsPerPage = DEFAULT_ROWS, orderBy = 'CREATED_DESC' } = search;
  const selection = useSelection(rows, JSON.stringify([scope, { ...search, page: undefined }]), page);
  const { chosen } = selection;
  const isAnyChosen = chosen.length > 0;
  useEffect(() => {
    if (isAnyChosen) TagDialog.preload();
  }, [isAnyChosen]);
  const change = useStable((part: Partial<ListSearch>, replace?: boolean) => {
    // A page of another list is none of this one.
    const next = { ...search, page: undefined, ...part };
    void navigate({ to: '.', search: parseListSearch({ ...next }, scope), replace: replace ?? false });
  });
  const close = () => setDialog(undefined);
  /** The chosen rows, or that one. */
  const rowsFor = (uuid: string | undefined) =>
    chosen.length > 0 ? chosen : rows.filter((row) => row.uuid === uuid);
  const star = (those: readonly ExperimentRow[], isWanted: boolean) => {
    const wish = starChange(uuidsOf(those), isWanted);
    changeTags.mutate(wish);
    selection.change((row) => changeRow(row, wish));
  };
  const archive = useArchive(rows, changeTags, selection.clear);
  const onStar = useStable((row: ExperimentRow) => star([row], !isFavourite(row)));
  const onToggle = useStable(selection.toggle);
  const onOpen = useStable(
    (eid: string) => void navigate({ to: '/aqd/experiments/$id', params: { id: eid } }),
  );

  const compare = () => {
    if (chosen.length < 2 || chosen.length > MOST_COMPARED) return;
    const eids = eidsText(chosen.map(({ eid }) => eid));
    void navigate({ to: '/aqd/experiments/compare', search: { eids } });
  };

  useListKeys({
    search: () => searchField.current?.focus(),
    toggle: selection.toggle,
    star: (uuid) => rows.filter((row) => row.uuid === uuid).forEach(onStar),
    tag: (uuid) => {
      const those = rowsFor(uuid);
      if (those.length > 0) setDialog({ kind: 'tags', rows: those });
    },
    archive: (uuid) => {
      const those = rowsFor(uuid);
      void archive(those, !those.every(isArchived));
    },
    compare,
    create: () => !creation.isPending && creation.mutate(),
    turnPage: (by) => {
      if (by < 0 ? page > 0 : list.data?.hasMore) change({ page: page + by });
    },
    clear: selection.clear,
    help: () => setDialog({ kind: 'help' }),
  });

  return (
    <Page
      title={title}
      actions={
        <Button
          aria-label="New experiment"
          leftSection={<IconPlus size={15} />}
          loading={creation.isPending}
          onClick={() => creation.mutate()}
        >
          New
          <Box component="span" visibleFrom="xs">
            &nbsp;experiment
          </Box>
        </Button>
      }
    >
      <ListToolbar scope={scope} search={search} onChange={change} searchField={searchField} />
      {list.isError && !list.data ? (
        <FailureNotice what="read the experiments" error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading what="Loading experiments" />
      ) : rows.length === 0 && (!list.isPlaceholderData || isFiltered(search)) ? (
        <EmptyList scope={scope} search={search} onChange={change} />
      ) : (
        <>
          <ExperimentTable
            label={title}
            rows={rows}
            selection={selection}
            orderBy={orderBy}
            isStale={list.isPlaceholderData}
            onOrder={(order) => change({ orderBy: order })}
            onToggle={onToggle}
            onStar={onStar}
            onOpen={onOpen}
            actions={
              <SelectionBar
                chosen={chosen}
                elsewhere={chosen.length - selection.uuids.size}
                onTag={() => setDialog({ kind: 'tags', rows: chosen })}
                onStar={(isWanted) => star(chosen, isWanted)}
                onArchive={(isWanted) => void archive(chosen, isWanted)}
                onCompare={compare}
                onRemove={() => setDialog({ kind: 'remove', rows: chosen })}
                onClear={selection.clear}
              />
            }
          />
          <Pager
            page={page}
            rowsPerPage={rowsPerPage}
            choices={ROWS_CHOICES}
            count={rows.length}
            hasMore={list.data.hasMore}
            total={total}
            onPage={(next) => change({ page: next })}
            onRowsPerPage={(count) => change({ rowsPerPage: count })}
          />
        </>
      )}
      <DialogPlace isOpen={dialog !== undefined} onClose={close}>
        {dialog?.kind === 'tags' && (
          <TagDialog
            uuids={uuidsOf(dialog.rows)}
            onChange={(wish) => changeTags.mutate(wish)}
            onClose={close}
          />
        )}
        {dialog?.kind === 'remove' && (
          <RemoveDialog
            chosen={dialog.rows}
            weigh={(signal) => weighOfPage(listVariables(scope, search), uuidsOf(dialog.rows), signal)}
            onRemoved={() => {
              selection.clear();
              close();
            }}
            onClose={close}
          />
        )}
        {dialog?.kind === 'help' && <KeyHelp keys={LIST_KEYS} onClose={close} />}
      </DialogPlace>
    </Page>
  );
}

function uuidsOf(rows: readonly ExperimentRow[]): string[] {
  return rows.map(({ uuid }) => uuid);
}
