import { COMPLEX_PARTS, type ComplexPart, partOf } from '../../files/viewers/arrays/complex-part.ts';
import type { NdArray, Selection } from '../../files/viewers/arrays/nd-array.ts';
import { type Columns, POINT_NUMBER } from './columns.ts';

/** Eight curves with more would not fit into the memory of a page. */
const MOST_POINTS = 4_000_000;
/** So many curves may lie side by side in an array of two dimensions; one with more is a picture. */
const MOST_BESIDE = 32;

interface Curve {
  readonly name: string;
  readonly selection: Selection;
  readonly part: ComplexPart;
}

/**
 * The curves in arrays, as columns.
 *
 * @param note - what is left out, in words.
 */
export function arrayColumns(arrays: readonly NdArray[], note?: string): Columns {
  const curves = new Map(
    arrays.flatMap((array) => curvesOf(array).map((curve) => [curve.name, { ...curve, array }] as const)),
  );
  return {
    names: [...curves.keys()],
    x: POINT_NUMBER,
    note,
    async read(names, signal) {
      const read: Float64Array[] = [];
      // One after the other: for some of them, a large array is unpacked.
      for (const curve of names.map((name) => curves.get(name)))
        read.push(
          curve ? partOf(await curve.array.read(curve.selection, signal), curve.part) : new Float64Array(),
        );
      return read;
    },
  };
}

/**
 * The curves in an array: one of one dimension, of two dimensions one for each index of the shorter one, and of complex
 * numbers each part of those.
 */
export function curvesOf({ name, shape, isComplex }: Omit<NdArray, 'read'>): Curve[] {
  const [rows = 0, columns] = shape;
  const whole = (end: number) => ({ start: 0, end, step: 1 });
  const lines: { name: string; selection: Selection }[] = [];
  if (shape.length === 1) lines.push({ name, selection: [whole(rows)] });
  if (shape.length === 2 && columns !== undefined && Math.min(rows, columns) <= MOST_BESIDE) {
    const areRows = rows < columns;
    for (let i = 0; i < Math.min(rows, columns); i += 1)
      lines.push(
        areRows
          ? { name: `${name}[${i}, :]`, selection: [i, whole(columns)] }
          : { name: `${name}[:, ${i}]`, selection: [whole(rows), i] },
      );
  }
  if (Math.max(...shape) > MOST_POINTS) return [];
  return lines.flatMap((line) =>
    isComplex
      ? COMPLEX_PARTS.map((part) => ({ ...line, part, name: `${part.toLowerCase()} of ${line.name}` }))
      : [{ ...line, part: 'Real' as const }],
  );
}
