import { MultiSelect, Select } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { CurveControls } from '../plots/curve-controls.tsx';
import classes from '../plots/plot.module.css';
import type { PlotSeries } from '../plots/plot-series.ts';
import type { SavablePlot } from '../plots/save-plot.tsx';
import { SeriesPlot } from '../plots/series-plot.tsx';
import { usePlotSettings } from '../plots/use-plot-settings.ts';
import viewer from '../viewer.module.css';
import type { Table } from './parse-table.ts';

/** In the place of a column: the rows, counted from 1. */
const ROW_NUMBER = '(row number)';

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
  const x = [ROW_NUMBER, ...names].find((known) => known === settings.x) ?? defaultX(names);
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
          data={[...names, ROW_NUMBER]}
          value={x}
          onChange={(value) => value !== null && change({ x: value })}
          allowDeselect={false}
          leftSection="x"
        />
        <MultiSelect
          size="xs"
          miw={150}
          aria-label="Columns for y"
          data={names}
          value={y}
          onChange={(values) => change({ y: JSON.stringify(values) })}
          leftSection="y"
          placeholder={y.length === 0 ? 'Choose columns' : undefined}
        />
        <CurveControls plot={plot} name={name} />
      </div>
      {y.length === 0 ? (
        <p className={classes.nothing}>Choose at least one column for y.</p>
      ) : (
        <SeriesPlot ref={plot} x={x} series={series} />
      )}
    </>
  );
}

function seriesOf(table: Table, xName: string, yNames: readonly string[]): PlotSeries[] {
  const numbers = (name: string) => table.columns.find((column) => column.name === name)?.numbers;
  const x = numbers(xName) ?? Float64Array.from({ length: table.rowCount }, (_, i) => i + 1);
  return yNames.flatMap((name) => {
    const y = numbers(name);
    return y ? [{ name, x, y }] : [];
  });
}

/** The first column is what the others were measured over, unless it is alone. */
function defaultX(names: readonly string[]): string {
  const [first] = names;
  return first !== undefined && names.length > 1 ? first : ROW_NUMBER;
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
