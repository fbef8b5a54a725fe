import { expect, test } from 'vitest';
import { lineInFileOrder } from './file-order.ts';

const LINEAR = { isLogX: false, isLogY: false };
const of = (...numbers: number[]) => Float64Array.from(numbers);
const line = (x: Float64Array, axes = LINEAR) => lineInFileOrder({ name: 'a', x, y: x }, axes);

test('up and down again is drawn in the order of the file', () => {
  expect(line(of(0, 1, 2, 1, 0))).toEqual({ x: of(0, 1, 2, 1, 0), y: of(0, 1, 2, 1, 0), from: 0, to: 4 });
});

test.each([of(), of(1), of(0, 1, 1, 2), of(3, 2, Number.NaN, 1), of(Infinity, 2, 1), of(1, Infinity, 2)])(
  '%j goes one way',
  (x) => expect(line(x)).toBeUndefined(),
);

test('what an axis can not show is a gap', () => {
  const drawn = line(of(1, 2, -1, Number.POSITIVE_INFINITY), { isLogX: true, isLogY: false });
  expect(drawn?.x).toEqual(of(1, 2, Number.NaN, Number.NaN));
  expect(drawn?.y).toEqual(of(1, 2, -1, Number.NaN));
});
