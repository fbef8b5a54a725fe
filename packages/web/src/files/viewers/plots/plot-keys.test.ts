import { expect, test } from 'vitest';
import { zoomByKey } from './plot-keys.ts';

const whole = { x: [0, 10], y: [1, 100] } as const;
const linear = { x: false, y: false };

test('plus and minus zoom about the middle, arrows move', () => {
  expect(zoomByKey('+', whole, linear)).toEqual({ x: [2.5, 7.5], y: [25.75, 75.25] });
  expect(zoomByKey('-', whole, linear)?.x).toEqual([-5, 15]);
  expect(zoomByKey('ArrowRight', whole, linear)).toEqual({ x: [2, 12], y: [1, 100] });
  expect(zoomByKey('ArrowDown', whole, linear)?.y[0]).toBeCloseTo(-18.8);
  expect(zoomByKey('j', whole, linear)).toBeUndefined();
});

test('on a logarithmic axis they go by factors', () => {
  const { y } = zoomByKey('+', whole, { x: false, y: true }) ?? whole;
  expect(y[0]).toBeCloseTo(10 ** 0.5);
  expect(y[1]).toBeCloseTo(10 ** 1.5);
});

test('where numbers have no more digits, it goes no further', () => {
  expect(zoomByKey('+', { x: [1, 1 + Number.EPSILON], y: [0, 1] }, linear)).toBeUndefined();
});
