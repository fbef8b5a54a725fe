import { type ColourMap, coloursOf } from './colour-map.ts';

/** Numbers over a plane. */
export interface Plane {
  /** Row by row. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

export interface ColourScale {
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
}

/** From the least to the greatest number; a logarithmic scale knows only those above zero. */
export function colourScaleOf(values: Float64Array, isLog: boolean): ColourScale {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value) || (isLog && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high, isLog } : { low: isLog ? 1 : 0, high: 1, isLog };
}

/** Phases from −π to π: both ends are the same angle, and so is their colour. */
export const ROUND_SCALE: ColourScale = { low: -Math.PI, high: Math.PI, isLog: false };

/** The colours for phases. Those of a turn say little of some that are near each other, which can't be taken for a turn. */
export function phaseMapOf(phases: Float64Array): ColourMap {
  const { low, high } = colourScaleOf(phases, false);
  return high - low > Math.PI ? 'cyclic' : 'sequential';
}

/** A picture with a pixel for each number, the first row at the bottom; what is no number is left clear. */
export function heatImage(
  { values, rows, columns }: Plane,
  scale: ColourScale,
  map: ColourMap,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const image = new ImageData(columns, rows);
  const colours = coloursOf(map);
  const along = scale.isLog ? Math.log : (value: number) => value;
  const low = along(scale.low);
  const factor = 255 / (along(scale.high) - low || 1);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0, at = 4 * (rows - 1 - row) * columns; column < columns; column += 1, at += 4) {
      const step = (along(values[row * columns + column] as number) - low) * factor;
      if (!(step >= -1 && step <= 256)) continue;
      const colour = 3 * Math.round(Math.min(255, Math.max(0, step)));
      image.data[at] = colours[colour] as number;
      image.data[at + 1] = colours[colour + 1] as number;
      image.data[at + 2] = colours[colour + 2] as number;
      image.data[at + 3] = 255;
    }
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
