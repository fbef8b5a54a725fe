import { useQueries } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { FileSource } from '../../files/viewers/file-source.ts';
import type { PlotSeries } from '../../files/viewers/plots/plot-series.ts';
import { failureText } from '../../session/failure-text.ts';
import type { Compared } from '../use-compared.ts';
import { type Columns, openColumns, POINT_NUMBER } from './columns.ts';
import type { OfferedFile } from './offered-files.ts';

/** Numbers are many: they are not kept for long once nobody looks at them. */
const KEEP_MS = 20_000;

const NO_SERIES: readonly PlotSeries[] = [];

const READ_ONCE = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: KEEP_MS,
  structuralSharing: false,
} as const;

/** What is chosen for the axes; what is left out is chosen by itself. */
export interface Axes {
  readonly x?: string | undefined;
  readonly y?: string | undefined;
}

/** Curves, and the labels of their axes. */
interface DrawnCurves {
  readonly x: string;
  readonly y: string | undefined;
  readonly series: readonly PlotSeries[];
}

/** The curves of a file of several experiments, and what there is to choose from. */
export interface Curves {
  /** Names of columns, and how many experiments have it. */
  readonly names: ReadonlyMap<string, number>;
  readonly x: string;
  /** Undefined where no column is there. */
  readonly y: string | undefined;
  /** While others are read, still those before. */
  readonly drawn: DrawnCurves;
  /** Why an experiment has no curve, and what of its file is left out; in words. */
  readonly notes: readonly string[];
  readonly isReading: boolean;
}

/** Reads what a file of each experiment has for the axes. */
export function useCurves(
  experiments: readonly Compared[],
  { name, sources }: OfferedFile,
  axes: Axes,
): Curves {
  const opened = useQueries({ queries: sources.map(columnsQuery) });
  const isOpening = opened.some(({ isLoading }) => isLoading);
  const columns = opened.map(({ data }) => data ?? undefined);
  const names = countNames(columns);
  const x = names.has(axes.x ?? '') || axes.x === POINT_NUMBER ? (axes.x as string) : defaultX(columns);
  const y = names.has(axes.y ?? '') ? axes.y : [...names.keys()].find((one) => one !== x);
  const read = useQueries({
    // What is chosen by itself depends on all of them.
    queries: sources.map((source, i) => numbersQuery(source, i, isOpening ? undefined : columns[i], x, y)),
  });
  const isReading = isOpening || read.some(({ isLoading }) => isLoading);
  const found = read.map(({ data }) => data ?? undefined);
  // The numbers of a version never change: which they are tells them apart.
  const key = JSON.stringify([experiments.map(({ eid }) => eid), x, y, found.map((one) => one?.version)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what they depend on.
  const series = useMemo(
    () =>
      found.flatMap((one, i): PlotSeries[] => {
        const { eid } = experiments[i] ?? { eid: '' };
        return one && one.x.length === one.y.length ? [{ name: eid, x: one.x, y: one.y, style: i }] : [];
      }),
    [key],
  );
  const notes = sources.flatMap((source, i) => {
    const { eid } = experiments[i] ?? { eid: '' };
    const error = opened[i]?.error ?? read[i]?.error;
    if (!source) return [`${eid} has no file of this name.`];
    if (error) return [`${eid}: ${failureText(error)}`];
    const missing = [x, y].filter(
      (one) => one !== undefined && one !== POINT_NUMBER && columns[i]?.names.includes(one) === false,
    );
    if (missing.length > 0) return [`${eid} has no column “${missing.join('” and no “')}”.`];
    const { x: xs, y: ys } = found[i] ?? {};
    if (xs && ys && xs.length !== ys.length)
      return [
        `${eid}: “${x}” has ${xs.length.toLocaleString()} values and “${y}” has ${ys.length.toLocaleString()}.`,
      ];
    return [];
  });
  const left = columns.flatMap((one, i) =>
    one?.note === undefined ? [] : [`${experiments[i]?.eid}: ${one.note}`],
  );
  const drawn = useLast({ x, y, series }, isReading, name);
  return { names, x, y, drawn, notes: [...notes, ...left], isReading };
}

function columnsQuery(source: FileSource | undefined, i: number) {
  return {
    queryKey: ['compare', 'columns', source?.id ?? i, source?.changed],
    queryFn: ({ signal }: { signal: AbortSignal }) => (source ? openColumns(source, signal) : null),
    enabled: source !== undefined,
    ...READ_ONCE,
  };
}

function numbersQuery(
  source: FileSource | undefined,
  i: number,
  columns: Columns | undefined,
  x: string,
  y: string | undefined,
) {
  const wanted = x === POINT_NUMBER ? [y ?? ''] : [y ?? '', x];
  return {
    queryKey: ['compare', 'numbers', source?.id ?? i, source?.changed, ...wanted],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const [ys = new Float64Array(), xs] = (await columns?.read(wanted, signal)) ?? [];
      return { x: xs ?? ys.map((_, i) => i + 1), y: ys, version: source?.changed };
    },
    enabled: y !== undefined && columns !== undefined && wanted.every((one) => columns.names.includes(one)),
    ...READ_ONCE,
  };
}

function countNames(columns: readonly (Columns | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>();
  // In lists, each has a name of its own.
  for (const one of columns)
    for (const name of one?.names ?? [])
      if (name !== POINT_NUMBER) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function defaultX(columns: readonly (Columns | undefined)[]): string {
  return columns.find((one) => one !== undefined)?.x ?? POINT_NUMBER;
}

/** While another column, or a newer version of the file, is read, what was drawn before stays. */
function useLast(curves: DrawnCurves, isReading: boolean, file: string): DrawnCurves {
  const last = useRef({ curves: { ...curves, series: NO_SERIES }, file });
  if (!isReading) last.current = { curves, file };
  return last.current.file === file ? last.current.curves : { ...curves, series: NO_SERIES };
}
