import { isShown, type LogAxes, type PlotSeries } from './plot-series.ts';
import type { TracedLine } from './trace-line.ts';

/**
 * The line of a curve whose x turns back: a sweep up and down, a loop, a path in a plane. It goes from point to point as
 * they stand in the file; sorted, it would be a zigzag. Undefined where x goes one way only.
 */
export function lineInFileOrder({ x, y }: PlotSeries, { isLogX, isLogY }: LogAxes): TracedLine | undefined {
  if (!turnsBack(x)) return undefined;
  return { x: drawnOf(x, isLogX), y: drawnOf(y, isLogY), from: 0, to: x.length - 1 };
}

function turnsBack(x: Float64Array): boolean {
  let [isRising, isFalling] = [false, false];
  let before = Number.NaN;
  for (let i = 0; i < x.length && !(isRising && isFalling); i += 1) {
    const value = x[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value > before) isRising = true;
    else if (value < before) isFalling = true;
    before = value;
  }
  return isRising && isFalling;
}

/** With NaN in the place of what an axis can't show. */
function drawnOf(numbers: Float64Array, isLog: boolean): Float64Array {
  const isDrawn = (value: number) => isShown(value, isLog);
  return numbers.every(isDrawn) ? numbers : numbers.map((value) => (isDrawn(value) ? value : Number.NaN));
}
