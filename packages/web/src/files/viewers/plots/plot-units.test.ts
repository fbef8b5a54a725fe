import { expect, test } from 'vitest';
import { inUnits, unitsOf, zoomInUnits } from './plot-units.ts';

const LINEAR = { isLogX: false, isLogY: false };
const of = (...numbers: number[]) => Float64Array.from(numbers);

test('numbers of usual sizes are drawn as they are', () => {
  const series = [{ name: 'a', x: of(0, 1e9, Number.NaN), y: of(-0.5, 0, Number.POSITIVE_INFINITY) }];
  const units = unitsOf(series, LINEAR);
  expect(units).toEqual({ x: 1, y: 1 });
  expect(inUnits(series, units)).toBe(series);
});

test('very small and very large ones are brought to sizes in which a plot can zoom', () => {
  const series = [{ name: 'a', x: of(1e-26, 6e-26), y: of(1e40, 3e40) }];
  const units = unitsOf(series, LINEAR);
  const [drawn] = inUnits(series, units);
  for (const value of [...(drawn?.x ?? []), ...(drawn?.y ?? [])]) {
    expect(value).toBeGreaterThan(1e-6);
    expect(value).toBeLessThan(1e30);
  }
  // A millionth of it is far more than the 1e-16 that is the least.
  const zoom = zoomInUnits({ x: [1e-26, 1.000001e-26], y: [1e40, 2e40] }, units);
  expect(zoom.x[1] - zoom.x[0]).toBeGreaterThan(1e-12);
});

test('on a logarithmic axis, the middle of the decades counts', () => {
  const series = [{ name: 'a', x: of(1, 2), y: of(1e-30, 0, 1e-12) }];
  expect(unitsOf(series, { isLogX: false, isLogY: true })).toEqual({ x: 1, y: 1e24 });
});

test('curves over one x still have one', () => {
  const x = of(1e-12, 2e-12);
  const both = inUnits(
    [
      { name: 'a', x, y: x },
      { name: 'b', x, y: x },
    ],
    { x: 1e12, y: 1 },
  );
  expect(both[0]?.x).toBe(both[1]?.x);
  expect([...(both[0]?.x ?? [])]).toEqual([1, 2]);
});
