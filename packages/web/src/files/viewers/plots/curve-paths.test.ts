import type UPlot from 'uplot';
import { expect, test } from 'vitest';
import { CurvePaths } from './curve-paths.ts';
import { lineInFileOrder } from './file-order.ts';
import { alignSeries, type PlotSeries } from './plot-series.ts';

const LINEAR = { isLogX: false, isLogY: false };

/** Of x and each curve, what is read with the cursor at a place; a unit of an axis is a pixel. */
function readAt(series: readonly PlotSeries[], left: number, top: number) {
  const paths = new CurvePaths();
  paths.lines = series.map((one) => lineInFileOrder(one, LINEAR));
  const data = alignSeries(series, LINEAR);
  const plot = {
    data,
    cursor: { left, top },
    series: [{}, ...series.map(({ isHidden = false }) => ({ show: !isHidden }))],
    valToPos: (value: number) => value,
  } as unknown as UPlot;
  const under = data[0].findIndex((x) => x >= left);
  return data.map((column, i) => {
    const at = paths.pointAt(plot, i, under);
    return at === undefined ? undefined : column[at];
  });
}

/** A loop: up over small values, and down over large ones. */
const field = Float64Array.of(0, 10, 20, 30, 40, 29, 19, 9);
const moment = Float64Array.of(0, 1, 2, 80, 90, 89, 88, 10);
const other = Float64Array.of(500, 501, 502, 503, 504, 505, 506, 507);
const loop = [
  { name: 'moment', x: field, y: moment },
  { name: 'other', x: field, y: other },
] as const;

test('the curves of a file are read in one row, that of the nearest point', () => {
  expect(readAt(loop, 28, 86)).toEqual([29, 89, 505]);
  expect(readAt(loop, 19, 4)).toEqual([20, 2, 502]);
  expect(readAt(loop, 10, 507)).toEqual([9, 10, 507]);
});

test('the points of a curve that is hidden are not looked at', () => {
  const [moment, other] = loop;
  expect(readAt([moment, other], 29, 502)).toEqual([30, 80, 503]);
  expect(readAt([moment, { ...other, isHidden: true }], 29, 502)).toEqual([40, 90, 504]);
});

test('the loop of another file is read at its own nearest point', () => {
  const elsewhere = { name: 'elsewhere', x: field.map((x) => x + 0.5), y: moment.map((y) => y + 3) };
  expect(readAt([{ name: 'here', x: field, y: moment }, elsewhere], 29, 89)).toEqual([29, 89, 92]);
});

test('of two instruments in turn, each point is drawn', () => {
  const x = Float64Array.of(10, 20, 30, 40);
  const series = [
    { name: 'a', x, y: Float64Array.of(1, Number.NaN, 3, Number.NaN) },
    { name: 'b', x, y: Float64Array.of(Number.NaN, 2, Number.NaN, 4) },
  ];
  const plot = {
    data: alignSeries(series, LINEAR),
    over: { clientWidth: 100, clientHeight: 100 },
    series: [{}, {}, {}],
    valToPos: (value: number) => value,
  } as unknown as UPlot;
  const drawn = series.map((_, i) => {
    const from: number[][] = [];
    const pen = { moveTo: (...at: number[]) => from.push(at), lineTo: () => undefined };
    new CurvePaths().trace(pen, plot, i + 1);
    return from;
  });
  expect(drawn).toEqual([
    [
      [9, 1],
      [29, 3],
    ],
    [
      [19, 2],
      [39, 4],
    ],
  ]);
});

test('where no curve turns back, the plot finds the point itself', () => {
  const x = Float64Array.of(1, 2, 3);
  expect(readAt([{ name: 'a', x, y: x }], 2, 2)).toEqual([undefined, undefined]);
});
