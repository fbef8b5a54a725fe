/*
 * What h5web uses of the packages `ndarray` and `ndarray-ops`, which are replaced by this when the interface is built:
 * they make their code at run time, and the page's policy lets no text become code.
 */

type Data = ArrayLike<unknown> & { [index: number]: unknown };

class PlainNdArray {
  readonly data: Data;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;

  constructor(data: Data, shape: readonly number[], stride: readonly number[], offset: number) {
    this.data = data;
    this.shape = shape;
    this.stride = stride;
    this.offset = offset;
  }

  get size(): number {
    return this.shape.reduce((size, length) => size * length, 1);
  }

  /** As the package names the kinds of its data. */
  get dtype(): string {
    const { name } = this.data.constructor;
    if (name === 'Uint8ClampedArray') return 'uint8_clamped';
    return name.toLowerCase().replace(/(?<=.)array$/, '');
  }

  get dimension(): number {
    return this.shape.length;
  }

  index(...indices: number[]): number {
    let at = this.offset;
    for (const [i, stride] of this.stride.entries()) at += stride * (indices[i] ?? 0);
    return at;
  }

  get(...indices: number[]): unknown {
    return this.data[this.index(...indices)];
  }

  set(...values: unknown[]): unknown {
    const value = values.pop();
    this.data[this.index(...(values as number[]))] = value;
    return value;
  }

  /** Fixes those dimensions for which an index is given. */
  pick(...indices: readonly (number | null)[]): PlainNdArray {
    const isFixed = (i: number) => typeof indices[i] === 'number' && (indices[i] ?? -1) >= 0;
    const offset = this.stride.reduce(
      (at, stride, i) => (isFixed(i) ? at + stride * (indices[i] ?? 0) : at),
      this.offset,
    );
    const isLeft = (_: number, i: number) => !isFixed(i);
    return new PlainNdArray(this.data, this.shape.filter(isLeft), this.stride.filter(isLeft), offset);
  }

  transpose(...order: readonly number[]): PlainNdArray {
    const ordered = (of: readonly number[]) => order.map((i) => of[i] ?? 0);
    return new PlainNdArray(this.data, ordered(this.shape), ordered(this.stride), this.offset);
  }
}

/** An array over data that lies in the order of the last dimension. */
// biome-ignore lint/style/noDefaultExport: as the package it stands for.
export default function ndarray(data: Data, shape: readonly number[] = [data.length]): PlainNdArray {
  const stride = shape.map((_, i) => shape.slice(i + 1).reduce((size, length) => size * length, 1));
  return new PlainNdArray(data, shape, stride, 0);
}

/** Copies one array into another of the same shape. */
export function assign(to: PlainNdArray, from: PlainNdArray): PlainNdArray {
  copyFrom(to, from, 0, to.offset, from.offset);
  return to;
}

function copyFrom(to: PlainNdArray, from: PlainNdArray, depth: number, at: number, source: number): void {
  if (depth === to.dimension) {
    to.data[at] = from.data[source];
    return;
  }
  const length = to.shape[depth] ?? 0;
  const step = to.stride[depth] ?? 0;
  const sourceStep = from.stride[depth] ?? 0;
  if (depth < to.dimension - 1) {
    for (let i = 0; i < length; i += 1) copyFrom(to, from, depth + 1, at + i * step, source + i * sourceStep);
    return;
  }
  for (let i = 0; i < length; i += 1) to.data[at + i * step] = from.data[source + i * sourceStep];
}
