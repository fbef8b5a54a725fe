import type { Stretch } from './nd-array.ts';

/** What is looked at of an array: of each dimension one index, or the axis that it lies along. */
export type SlicePart = number | Axis;

export interface Axis {
  readonly axis: 'x' | 'y';
  /** The first index that is shown. */
  readonly from: number;
}

/** As it stands in an address: `3,y,x`, or `x4000000` for what begins further on. */
export function sliceText(parts: readonly SlicePart[]): string {
  return parts
    .map((part) => (typeof part === 'number' ? part : `${part.axis}${part.from > 0 ? part.from : ''}`))
    .join(',');
}

/** Reads it; where it does not fit the array, what is usual: the last dimensions are the axes, of the others the first index. */
export function parseSlice(
  text: string | undefined,
  shape: readonly number[],
  axes: readonly Axis['axis'][],
): readonly SlicePart[] {
  const parts = (text ?? '').split(',').map((part, dimension): SlicePart | undefined => {
    const [, axis, digits = ''] = /^([xy]?)(\d*)$/.exec(part) ?? [];
    const index = Number(digits);
    if (axis === undefined || index >= Math.max(1, shape[dimension] ?? 0)) return undefined;
    if (axis === 'x' || axis === 'y') return { axis, from: index };
    return digits === '' ? undefined : index;
  });
  const named = parts.flatMap((part) => (typeof part === 'object' ? [part.axis] : []));
  const fits =
    parts.length === shape.length &&
    !parts.includes(undefined) &&
    named.toSorted().join() === axes.toSorted().join();
  return fits ? (parts as SlicePart[]) : usualSlice(shape, axes);
}

function usualSlice(shape: readonly number[], axes: readonly Axis['axis'][]): SlicePart[] {
  return shape.map((_, dimension) => {
    const axis = axes[dimension - shape.length + axes.length];
    return axis === undefined ? 0 : { axis, from: 0 };
  });
}

/** Which dimension lies along an axis. */
export function dimensionOf(parts: readonly SlicePart[], axis: Axis['axis']): number {
  return parts.findIndex((part) => typeof part === 'object' && part.axis === axis);
}

/** Lets another dimension lie along an axis; the one that lay there takes its place. */
export function withAxis(
  parts: readonly SlicePart[],
  axis: Axis['axis'],
  dimension: number,
): readonly SlicePart[] {
  const before = dimensionOf(parts, axis);
  const other = parts[dimension] ?? 0;
  const left: SlicePart = typeof other === 'object' ? { ...other, from: 0 } : 0;
  return parts.map((part, i) => (i === dimension ? { axis, from: 0 } : i === before ? left : part));
}

/** A stretch that shows a dimension from an index on, with no more than so many of its indices. */
export function windowOf(size: number, from: number, most: number): Stretch {
  return { start: from, end: Math.min(size, from + most), step: 1 };
}

/** A stretch that shows all of a dimension, with no more than so many of its indices. */
export function overviewOf(size: number, most: number): Stretch {
  return { start: 0, end: size, step: Math.max(1, Math.ceil(size / most)) };
}
