/** A part of a dimension: every `step`-th index from `start` up to, not including, `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** A part of an array: of each dimension one index, which takes the dimension away, or a stretch. */
export type Selection = readonly (number | Stretch)[];

/** The numbers of a part, the last dimension running fastest; of whole numbers beyond 2⁵³ the nearest. */
export interface ArrayNumbers {
  readonly real: Float64Array;
  /** Of complex numbers. */
  readonly imaginary?: Float64Array;
  /** The same as `real`, where some are beyond 2⁵³. */
  readonly whole?: WholeNumbers;
}

/** Whole numbers of eight bytes, to the last digit. */
export type WholeNumbers = BigInt64Array | BigUint64Array;

/** An array of numbers in a file, of which parts are read. */
export interface NdArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** Of its elements, for people: `float64`. */
  readonly type: string;
  readonly isComplex: boolean;
  /** @throws Error with a sentence when so much is not read at once, or it can't be read. */
  read(selection: Selection, signal?: AbortSignal): Promise<ArrayNumbers>;
}

/** The numbers, with the whole ones only where those say more. */
export function numbersOf(
  real: Float64Array,
  imaginary: Float64Array | undefined,
  whole: WholeNumbers | undefined,
): ArrayNumbers {
  const saysMore = whole !== undefined && !real.every(Number.isSafeInteger);
  return { real, ...(imaginary ? { imaginary } : {}), ...(saysMore ? { whole } : {}) };
}

/** How many indices a stretch has. */
export function lengthOf({ start, end, step }: Stretch): number {
  return Math.max(0, Math.ceil((end - start) / step));
}

/** How many elements a part has. */
export function countOf(selection: Selection): number {
  return selection.reduce<number>(
    (count, part) => count * (typeof part === 'number' ? 1 : lengthOf(part)),
    1,
  );
}
