import { expect, test } from 'vitest';
import { differenceRows } from './difference-rows.ts';

const of = (values: Readonly<Record<string, string>>) => new Map(Object.entries(values));

test('says which values differ', () => {
  expect(differenceRows([of({ f: '4.5', n: '10' }), of({ f: '4.6', n: '10' })])).toEqual([
    { name: 'f', cells: ['4.5', '4.6'], differs: true },
    { name: 'n', cells: ['10', '10'], differs: false },
  ]);
});

test('what only some have differs, and stands where it stands with them', () => {
  const rows = differenceRows([
    of({ a: '1', d: '4' }),
    of({ a: '1', b: '2', c: '3', d: '4', e: '5' }),
    of({ z: '0', d: '4' }),
  ]);
  expect(rows.map(({ name, differs }) => [name, differs])).toEqual([
    ['z', true],
    ['a', true],
    ['b', true],
    ['c', true],
    ['d', false],
    ['e', true],
  ]);
  expect(rows[2]?.cells).toEqual([undefined, '2', undefined]);
});

test('what is not among the first values of a cut file is not compared', () => {
  const [one, other] = [of({ extra: '0', a: '1' }), of({ a: '2', b: '3' })];
  expect(differenceRows([one, other], [true, true])).toEqual([
    { name: 'extra', cells: ['0', null], differs: false },
    { name: 'a', cells: ['1', '2'], differs: true },
    { name: 'b', cells: [null, '3'], differs: false },
  ]);
  expect(differenceRows([one, other, one], [true, false, true])).toMatchObject([
    { name: 'extra', cells: ['0', undefined, '0'], differs: true },
    { name: 'a', differs: true },
    { name: 'b', cells: [null, '3', null], differs: false },
  ]);
});

test('who lacks the whole file is not asked', () => {
  expect(differenceRows([of({ f: '1' }), undefined, of({ f: '1' })])).toEqual([
    { name: 'f', cells: ['1', undefined, '1'], differs: false },
  ]);
  expect(differenceRows([undefined, undefined])).toEqual([]);
});
