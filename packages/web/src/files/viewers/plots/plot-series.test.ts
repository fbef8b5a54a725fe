import { expect, test } from 'vitest';
import { alignSeries } from './plot-series.ts';

const LINEAR = { isLogX: false, isLogY: false };
const of = (...numbers: number[]) => Float64Array.from(numbers);

test('what is in order and whole is drawn as it is', () => {
  const x = of(1, 2, 3);
  const y = of(4, 5, 6);
  const [xs, ys] = alignSeries([{ name: 'a', x, y }], LINEAR);
  expect(xs).toBe(x);
  expect(ys).toBe(y);
});

test('sorts by x, and leaves out what has none', () => {
  const [xs, ys] = alignSeries([{ name: 'a', x: of(3, Number.NaN, 1, 2), y: of(30, 0, 10, 20) }], LINEAR);
  expect([...xs]).toEqual([1, 2, 3]);
  expect([...(ys ?? [])]).toEqual([10, 20, 30]);
});

test('logarithmic axes leave out what they can not show', () => {
  const series = [{ name: 'a', x: of(0, 1, 2), y: of(5, -1, 2) }];
  expect(alignSeries(series, { isLogX: true, isLogY: true })).toEqual([of(1, 2), [null, 2]]);
});

test('what is infinitely far is left out', () => {
  const [xs, ys] = alignSeries(
    [{ name: 'a', x: of(-Infinity, 1, 2, Infinity), y: of(0, Infinity, 20, 30) }],
    LINEAR,
  );
  expect([[...xs], [...(ys ?? [])]]).toEqual([
    [1, 2],
    [null, 20],
  ]);
});

test('curves over different x share one', () => {
  const [xs, a, b] = alignSeries(
    [
      { name: 'a', x: of(1, 3), y: of(10, 30) },
      { name: 'b', x: of(2, 3), y: of(200, 300) },
    ],
    LINEAR,
  );
  expect([...xs]).toEqual([1, 2, 3]);
  expect([...(a ?? [])]).toEqual([10, undefined, 30]);
  expect([...(b ?? [])]).toEqual([undefined, 200, 300]);
});

test('of points with the same x, each is kept', () => {
  const [xs, a, b] = alignSeries(
    [
      { name: 'a', x: of(1, 1, 2), y: of(10, 11, 20) },
      { name: 'b', x: of(1, 2, 2), y: of(100, 200, 201) },
    ],
    LINEAR,
  );
  expect([...xs]).toEqual([1, 1, 2, 2]);
  expect([...(a ?? [])]).toEqual([10, 11, 20, undefined]);
  expect([...(b ?? [])]).toEqual([100, undefined, 200, 201]);
});

test('a million points with different x take no seconds', () => {
  const series = Array.from({ length: 5 }, (_, i) => {
    const x = Float64Array.from({ length: 200_000 }, (_, n) => n + i / 7);
    return { name: String(i), x, y: x };
  });
  const start = process.cpuUsage();
  expect(alignSeries(series, LINEAR)[0]).toHaveLength(1_000_000);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(3);
});
