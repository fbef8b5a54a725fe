import type { ArrayNumbers } from '../arrays/nd-array.ts';

/** How NetCDF says that numbers are missing, or stand for others (NetCDF Users Guide, Appendix A). */
export const PACKING_ATTRIBUTES = ['_FillValue', 'missing_value', 'scale_factor', 'add_offset'] as const;

/** How the numbers of a NetCDF variable are written. */
export interface Packing {
  /** What stands where there is no number. */
  readonly missing: readonly number[];
  /** Undefined where the numbers are what they stand for. */
  readonly scaled: { readonly factor: number; readonly offset: number } | undefined;
  /** What they stand for has four bytes. */
  readonly isSingle: boolean;
}

/**
 * Reads how a variable is written.
 *
 * @param values - of those of its attributes that are named above.
 * @param isSingle - whether what the numbers stand for has four bytes.
 * @param stored - what becomes of a number that is written into the variable.
 */
export function packingOf(
  values: Readonly<Record<string, unknown>>,
  isSingle: boolean,
  stored: (value: number) => number,
): Packing | undefined {
  const numbersIn = (name: (typeof PACKING_ATTRIBUTES)[number]) =>
    [values[name]].flat().flatMap((value) => (/^(number|bigint)$/.test(typeof value) ? [Number(value)] : []));
  const [[factor], [offset]] = [numbersIn('scale_factor'), numbersIn('add_offset')];
  const missing = [...numbersIn('_FillValue'), ...numbersIn('missing_value')];
  const isScaled = factor !== undefined || offset !== undefined;
  if (!isScaled && missing.length === 0) return undefined;
  const scaled = isScaled ? { factor: factor ?? 1, offset: offset ?? 0 } : undefined;
  return { missing: missing.map(stored), scaled, isSingle };
}

/** What numbers stand for; NaN where one is missing. */
export function unpacked(
  { real, whole }: ArrayNumbers,
  { missing, scaled, isSingle }: Packing,
): ArrayNumbers {
  const none = new Set(missing);
  const rounded = isSingle ? Math.fround : (value: number) => value;
  const numbers = real.map((value) => {
    if (none.has(value)) return Number.NaN;
    return scaled ? rounded(value * scaled.factor + scaled.offset) : value;
  });
  return { real: numbers, ...(whole && !scaled ? { whole } : {}) };
}
