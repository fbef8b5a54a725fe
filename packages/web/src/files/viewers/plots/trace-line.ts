/** What draws a line: a path of a canvas, or the text of one. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** Points in the order in which the line goes. NaN or null is a gap; undefined is a point of another curve. */
export interface TracedLine {
  readonly x: ArrayLike<number | null | undefined>;
  readonly y: ArrayLike<number | null | undefined>;
  /** The first and the last point. */
  readonly from: number;
  readonly to: number;
}

/** Where numbers are in pixels, and where the edges are. */
export interface Places {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** So wide is a point between gaps, to which no line goes. */
  readonly dot: number;
}

/** Pixels: the shortest stroke takes as long to draw as this. */
const LEAST_STROKE = 8;

/**
 * Draws a line, whichever way it goes. Of all points behind each other in one column of pixels, it takes the first, the
 * lowest, the highest and the last: that looks like all of them. What is wholly beyond an edge is left out.
 *
 * @param most - pixels of its length; a longer line is not drawn to its end.
 * @returns whether it is drawn to its end.
 */
export function traceLine(
  pen: Pen,
  line: TracedLine,
  places: Places,
  most = Number.POSITIVE_INFINITY,
): boolean {
  let length = 0;
  // Where the line is, and whether the pen is there, too.
  let [x, y, isPenThere] = [Number.NaN, Number.NaN, false];
  let [column, low, high, last] = [Number.NaN, 0, 0, 0];
  // Since the last gap, all points are in one column.
  let isAlone = false;
  const go = (nextX: number, nextY: number) => {
    const isSeen =
      !isBeyond(x, nextX, places.left, places.right) && !isBeyond(y, nextY, places.top, places.bottom);
    if (isSeen && !isPenThere) pen.moveTo(x, y);
    if (isSeen) pen.lineTo(nextX, nextY);
    if (isSeen) length += LEAST_STROKE + seenLength(nextX - x, nextY - y, places);
    [x, y, isPenThere] = [nextX, nextY, isSeen];
  };
  const leaveColumn = () => {
    if (low === high) return;
    for (const end of last === low ? [high, low] : [low, high, last]) if (end !== y) go(x, end);
  };
  const endLine = () => {
    leaveColumn();
    if (!isAlone || high - low >= places.dot) return;
    [x, isPenThere] = [x - places.dot / 2, false];
    go(x + places.dot, y);
  };
  for (let i = line.from; i <= line.to && length <= most; i += 1) {
    const [valueX, valueY] = [line.x[i], line.y[i]];
    if (valueX === undefined || valueY === undefined) continue;
    if (valueX === null || valueY === null || Number.isNaN(valueX) || Number.isNaN(valueY)) {
      endLine();
      [x, column, low, high, isPenThere, isAlone] = [Number.NaN, Number.NaN, 0, 0, false, false];
      continue;
    }
    const [nextX, nextY] = [places.x(valueX), places.y(valueY)];
    if (Math.round(nextX) === column) {
      low = Math.min(low, nextY);
      high = Math.max(high, nextY);
    } else {
      leaveColumn();
      isAlone = Number.isNaN(x);
      if (isAlone) [x, y] = [nextX, nextY];
      else go(nextX, nextY);
      [column, low, high] = [Math.round(nextX), nextY, nextY];
    }
    last = nextY;
  }
  endLine();
  return length <= most;
}

/** Both lie beyond the same edge. */
function isBeyond(from: number, to: number, low: number, high: number): boolean {
  return (from < low && to < low) || (from > high && to > high);
}

/** What is drawn of a stroke, at most: beyond the edges there is none of it. */
function seenLength(across: number, down: number, { left, right, top, bottom }: Places): number {
  return Math.min(Math.abs(across), right - left) + Math.min(Math.abs(down), bottom - top);
}
