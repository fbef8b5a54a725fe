import type uPlot from 'uplot';

/** Of the span of the numbers, below and above them. */
const PADDING = 0.08;
/** Of the size of numbers that are all the same. */
const AROUND_ONE = 0.1;
/** Of the size of the numbers: what is less than this apart is noise of a computation. */
const NOISE = 1e-14;

/**
 * From where to where a linear axis goes that shows all numbers: relative to their span, however small that is. The plot's own
 * way takes for flat what is less than 1e-24 apart, or than the eleventh digit of the numbers.
 */
export const paddedRange: uPlot.Range.Function = (_, low, high) => {
  // There are no numbers: the types don't say that.
  if (low === null || !(low <= high)) return [null, null];
  const size = Math.max(Math.abs(low), Math.abs(high));
  const padding = high - low > size * NOISE ? (high - low) * PADDING : size * AROUND_ONE || 1;
  // What only touches zero does not go beyond it.
  const from = low >= 0 && low < padding && low < high ? 0 : low - padding;
  const to = high <= 0 && -high < padding && low < high ? 0 : high + padding;
  return [from, to];
};
