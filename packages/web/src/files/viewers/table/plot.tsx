import 'uplot/dist/uPlot.min.css';
import { Button, Checkbox, MultiSelect, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import viewer from '../viewer.module.css';
import type { Table } from './parse-table.ts';
import classes from './plot.module.css';
import { PlotCanvas } from './plot-canvas.tsx';
import { plotData, ROW_NUMBER } from './plot-data.ts';

const MARKS = ['Lines', 'Points', 'Both'] as const;
export type Marks = (typeof MARKS)[number];

/** Columns of a table over another one. A table that grows goes on in the same plot, with the same zoom. */
export function Plot({ table }: { readonly table: Table }) {
  const names = useMemo(
    () => table.columns.filter(({ numbers }) => numbers).map(({ name }) => name),
    [table],
  );
  const [chosenX, setX] = useState<string>();
  const [chosenY, setY] = useState<readonly string[]>();
  const [marks, setMarks] = useState<Marks>('Lines');
  const [isLogX, setLogX] = useState(false);
  const [isLogY, setLogY] = useState(false);
  const [resets, setResets] = useState(0);
  const x = chosenX !== undefined && [ROW_NUMBER, ...names].includes(chosenX) ? chosenX : defaultX(names);
  const y = (chosenY ?? names.filter((name) => name !== x).slice(0, 1)).filter((name) =>
    names.includes(name),
  );
  const yKey = y.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names say which columns.
  const data = useMemo(() => plotData(table, x, y, { isLogX, isLogY }), [table, x, yKey, isLogX, isLogY]);
  return (
    <>
      <div className={viewer.bar}>
        <Select
          size="xs"
          w={130}
          aria-label="Column for x"
          data={[...names, ROW_NUMBER]}
          value={x}
          onChange={(value) => value !== null && setX(value)}
          allowDeselect={false}
          leftSection="x"
        />
        <MultiSelect
          size="xs"
          miw={150}
          aria-label="Columns for y"
          data={names}
          value={[...y]}
          onChange={setY}
          leftSection="y"
          placeholder={y.length === 0 ? 'Choose columns' : undefined}
        />
        <Select
          size="xs"
          w={90}
          aria-label="Lines or points"
          data={[...MARKS]}
          value={marks}
          onChange={(value) => setMarks(value as Marks)}
          allowDeselect={false}
        />
        <Checkbox label="log x" checked={isLogX} onChange={() => setLogX(!isLogX)} />
        <Checkbox label="log y" checked={isLogY} onChange={() => setLogY(!isLogY)} />
        <Button variant="subtle" size="compact-xs" onClick={() => setResets(resets + 1)}>
          Show all
        </Button>
      </div>
      {y.length === 0 ? (
        <p className={classes.nothing}>Choose at least one column for y.</p>
      ) : (
        <PlotCanvas
          key={`${x}\n${yKey}\n${isLogX}${isLogY}${marks}`}
          data={data}
          x={x}
          y={y}
          marks={marks}
          isLogX={isLogX}
          isLogY={isLogY}
          resets={resets}
        />
      )}
    </>
  );
}

/** The first column is what the others were measured over, unless it is alone. */
function defaultX(names: readonly string[]): string {
  const [first] = names;
  return first !== undefined && names.length > 1 ? first : ROW_NUMBER;
}
