import { useLayoutEffect, useRef } from 'react';
import { countOf } from '../ui/count-of.ts';
import { focusRow } from '../ui/row-keys.ts';
import { tellUndoable } from '../ui/tell-undoable.tsx';
import { isArchived } from './system-marks.ts';
import { archiveChange, type useChangeTags } from './use-change-tags.ts';
import type { ExperimentRow } from './use-experiments.ts';

/** Archives rows of a list, or takes them back, and offers to undo it. The row in their place gets the focus they had. */
export function useArchive(
  rows: readonly ExperimentRow[],
  { mutateAsync: change }: Pick<ReturnType<typeof useChangeTags>, 'mutateAsync'>,
  onDone: () => void,
) {
  const leaving = useRef<{ uuids: readonly string[]; at: number }>(undefined);
  useLayoutEffect(() => {
    if (!leaving.current) return;
    const { uuids, at } = leaving.current;
    if (rows.some(({ uuid }) => uuids.includes(uuid))) return;
    leaving.current = undefined;
    // Unless it is in use elsewhere by now.
    if (document.activeElement === document.body) focusRow(at);
  }, [rows]);
  return async (those: readonly ExperimentRow[], isWanted: boolean) => {
    const changed = those.filter((row) => isArchived(row) !== isWanted);
    const uuids = changed.map(({ uuid }) => uuid);
    if (uuids.length === 0) return;
    leaving.current = { uuids, at: rows.findIndex(({ uuid }) => uuids.includes(uuid)) };
    try {
      await change(archiveChange(uuids, isWanted));
      onDone();
      const what = changed.length === 1 ? changed[0]?.eid : countOf(changed.length, 'experiment');
      // What fails is told where it is changed.
      const undo = () => void change(archiveChange(uuids, !isWanted)).catch(() => undefined);
      tellUndoable(`${what} ${isWanted ? 'archived' : 'taken back'}`, undo);
    } catch {
      leaving.current = undefined;
    }
  };
}
