import { expect, test } from 'vitest';
import { curvesOf } from './array-columns.ts';

const of = (shape: readonly number[], isComplex = false) =>
  curvesOf({ name: 'a', shape, type: 'float64', isComplex }).map(({ name }) => name);

test('an array of one dimension is a curve', () => {
  expect(of([100])).toEqual(['a']);
  expect(of([])).toEqual([]);
});

test('one of two dimensions is cut along the longer one', () => {
  expect(of([100, 2])).toEqual(['a[:, 0]', 'a[:, 1]']);
  expect(of([2, 100])).toEqual(['a[0, :]', 'a[1, :]']);
  expect(of([100, 100])).toEqual([]);
  expect(of([2, 3, 4])).toEqual([]);
});

test('of complex numbers there is a curve for each part', () => {
  expect(of([5], true)).toEqual(['magnitude of a', 'phase of a', 'real of a', 'imaginary of a']);
});

test('one that is too long is none', () => {
  expect(of([4_000_001])).toEqual([]);
});
