import { MultiSelect, Select } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { CurveControls } from '../plots/curve-controls.tsx';
import classes from '../plots/plot.module.css';
import type { PlotSeries } from '../plots/plot-series.ts';
import type { SavablePlot } from '../plots/save-plot.tsx';
import { SeriesPlot } from '../plots/series-plot.tsx';
import { usePlotSettings } from '../plots/use-plot-settings.ts';
import viewer from '../viewer.module.css';
import { defaultX } from './default-x.ts';
import { ROW_NUMBER, type Table } from './parse-table.ts';

interface PlotProps {
  readonly table: Table;
  /** Of the file. */
  readonly name: string;
}

/** Columns of a table over another one. A table that grows goes on in the same plot, with the same zoom. */
export function Plot({ table, name }: PlotProps) {
  const plot = useRef<SavablePlot>(null);
  const names = useMemo(
    () => table.columns.filter(({ numbers }) => numbers).map(({ name }) => name),
    [table],
  );
  const { settings, change } = usePlotSettings();
  const over = useMemo(() => xNames(table), [table]);
  const x =
    [ROW_NUMBER, ...over].find((known) => known === settings.x) ?? defaultX(table.columns, ROW_NUMBER);
  const times = table.columns.find(({ name }) => name === x)?.times;
  const chosen = namesIn(settings.y);
  const y = chosen
    ? names.filter((known) => chosen.includes(known))
    : names.filter((known) => known !== x).slice(0, 1);
  const yKey = JSON.stringify(y);
  const series = useMemo(() => seriesOf(table, x, JSON.parse(yKey)), [table, x, yKey]);
  return (
    <>
      <div className={viewer.bar}>
        <Select
          size="xs"
          w={130}
          aria-label="Column for x"
          data={[...over, ROW_NUMBER]}
          value={x}
          onChange={(value) => value !== null && change({ x: value })}
          allowDeselect={false}
          leftSection="x"
        />
        <MultiSelect
          size="xs"
          miw={150}
          classNames={{ input: classes.columns ?? '' }}
          aria-label="Columns for y"
          data={names}
          value={y}
          onChange={(values) => change({ y: JSON.stringify(values) })}
          leftSection="y"
          // Otherwise the arrow keys begin anew after each choice.
          clearSearchOnChange={false}
          placeholder={y.length === 0 ? 'Choose columns' : undefined}
        />
        <CurveControls plot={plot} name={name} />
      </div>
      {y.length === 0 ? (
        <p className={classes.nothing}>Choose at least one column for y.</p>
      ) : (
        <SeriesPlot
          ref={plot}
          x={times?.isUtc ? `${x} (UTC)` : x}
          isTime={times !== undefined}
          series={series}
        />
      )}
    </>
  );
}

function seriesOf(table: Table, xName: string, yNames: readonly string[]): PlotSeries[] {
  const columnOf = (name: string) => table.columns.find((column) => column.name === name);
  const x =
    columnOf(xName)?.numbers ??
    columnOf(xName)?.times?.seconds ??
    Float64Array.from({ length: table.rowCount }, (_, i) => i + 1);
  return yNames.flatMap((name) => {
    const y = columnOf(name)?.numbers;
    return y ? [{ name, x, y }] : [];
  });
}

/** The columns that others can be drawn over. */
function xNames({ columns }: Table): string[] {
  return columns.filter(({ numbers, times }) => numbers ?? times).map(({ name }) => name);
}

/** A list in an address; undefined where there is none. */
function namesIn(text: string | undefined): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text ?? '');
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
