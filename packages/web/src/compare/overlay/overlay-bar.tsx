import { Select } from '@mantine/core';
import type { RefObject } from 'react';
import { CurveControls } from '../../files/viewers/plots/curve-controls.tsx';
import type { SavablePlot } from '../../files/viewers/plots/save-plot.tsx';
import { usePlotSettings } from '../../files/viewers/plots/use-plot-settings.ts';
import { visibleName } from '../../ui/visible-name.ts';
import { useCompareSearch } from '../use-compare-search.ts';
import { POINT_NUMBER } from './columns.ts';
import type { OfferedFile } from './offered-files.ts';
import classes from './overlay.module.css';
import type { Curves } from './use-curves.ts';

/** Columns in a list: a longer one takes seconds to open. Others are found by typing. */
const MOST_LISTED = 200;

interface OverlayBarProps {
  readonly files: readonly OfferedFile[];
  readonly file: OfferedFile;
  readonly curves: Curves;
  /** How many experiments are compared. */
  readonly count: number;
  readonly plot: RefObject<SavablePlot | null>;
}

/** Which file and which columns are drawn, and how. */
export function OverlayBar({ files, file, curves, count, plot }: OverlayBarProps) {
  const { change: changeSearch } = useCompareSearch();
  const { change } = usePlotSettings();
  const { names, x, y } = curves;
  const columns = [...names].map(([name, has]) => ({ value: name, label: labelOf(name, has, file.count) }));
  return (
    <div className={classes.bar}>
      <Select
        size="xs"
        w={210}
        aria-label="File"
        data={files.map(({ name, count: has }) => ({
          value: name,
          label: labelOf(visibleName(name), has, count),
        }))}
        value={file.name}
        searchable={files.length > 12}
        // Another file has other columns, and other numbers.
        onChange={(name) =>
          name !== null && changeSearch({ file: name, x: undefined, y: undefined, zoom: undefined })
        }
        allowDeselect={false}
      />
      <Select
        size="xs"
        w={170}
        aria-label="Column for x"
        data={[...columns, { value: POINT_NUMBER, label: POINT_NUMBER }]}
        value={x}
        searchable={columns.length > 12}
        limit={MOST_LISTED}
        onChange={(value) => value !== null && change({ x: value })}
        allowDeselect={false}
        leftSection="x"
      />
      <Select
        size="xs"
        w={170}
        aria-label="Column for y"
        data={columns}
        value={y ?? null}
        searchable={columns.length > 12}
        limit={MOST_LISTED}
        onChange={(value) => value !== null && change({ y: value })}
        allowDeselect={false}
        leftSection="y"
      />
      <CurveControls plot={plot} name={`${file.name} of ${count} experiments`} />
    </div>
  );
}

/** Says of what only some have, how many. */
function labelOf(name: string, has: number, all: number): string {
  return has < all ? `${name} (${has} of ${all})` : name;
}
