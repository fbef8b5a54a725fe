import { readFileSync } from 'node:fs';
import { File } from 'h5wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { arrayTable } from '../arrays/array-numbers-table.ts';
import { failureOf } from './failure-of.ts';
import { Hdf5File } from './hdf5-file.ts';
import { fileSystemOf, hdf5Library } from './hdf5-library.ts';
import { mountFile } from './mount-file.ts';
import { RangeCache } from './range-cache.ts';

const FIXTURE = new URL('../../../../../../e2e/fixtures/arrays/kinds.h5', import.meta.url);
const all = (end: number) => ({ start: 0, end, step: 1 });

describe('a file as h5py writes it', () => {
  let file: Hdf5File;
  beforeAll(async () => {
    const bytes = new Uint8Array(readFileSync(FIXTURE));
    const library = await hdf5Library();
    const cache = new RangeCache(bytes.length, (start, end) => bytes.subarray(start, end));
    file = new Hdf5File(library, mountFile(fileSystemOf(library), cache), () => undefined);
  });

  test('has groups, datasets and links, and none of them hides the others', () => {
    const kinds = file.entity('/').children?.map(({ name, kind }) => `${name} ${kind}`);
    expect(kinds?.toSorted()).toEqual([
      'away unresolved',
      'gone unresolved',
      'huge dataset',
      'loop unresolved',
      'sweep group',
    ]);
    // A group that holds the one it is in.
    expect(file.entity('/sweep/up').kind).toBe('group');
    expect(file.attributes('/', ['sample'])).toEqual({ sample: 'chip 7' });
  });

  test('its datasets of numbers can be drawn', () => {
    const drawn = file
      .datasets()
      .datasets.map(({ path, shape, type }) => `${path} ${shape.join('×')} ${type}`);
    expect(drawn.toSorted()).toEqual([
      '/huge 2147483648×1048576 float64',
      '/sweep/cube 4×5×6 int64',
      '/sweep/flags 3 bool',
      '/sweep/half 50 float16',
      '/sweep/map 60×80 float32',
      '/sweep/packed 1000 float64',
      '/sweep/phases 60×80 complex64',
      '/sweep/response 400 float64',
      '/sweep/s21 400 complex128',
    ]);
  });

  test('numbers of a part, of whatever kind', () => {
    expect([...file.numbers('/sweep/cube', [1, all(2), { start: 1, end: 6, step: 2 }]).real]).toEqual([
      31, 33, 35, 37, 39, 41,
    ]);
    expect(file.numbers('/sweep/map', [20, 40]).real[0]).toBe(1);
    expect([...file.numbers('/sweep/flags', [all(3)]).real]).toEqual([1, 0, 1]);
    expect(file.numbers('/sweep/half', [49]).real[0]).toBe(1);
    const { real, imaginary } = file.numbers('/sweep/s21', [0]);
    expect([real[0], imaginary?.[0]]).toEqual([1, 0]);
  });

  test('complex numbers are what h5web knows as such', () => {
    const s21 = file.entity('/sweep').children?.find(({ name }) => name === 's21');
    expect(s21?.type).toMatchObject({ class: 'Complex' });
    expect((file.value('/sweep/s21') as number[][])[0]).toEqual([1, 0]);
    expect(file.value('/sweep/names')).toEqual(['a', 'β', 'c']);
  });

  test.each([
    ['all of what no disk holds', () => file.value('/huge'), 'at most 64 MiB are read at once'],
    ['a part in too many pieces', () => file.numbers('/huge', [all(2 ** 31), 0]), 'at most 512 MiB'],
    ['what is compressed by what is not there', () => file.value('/sweep/packed'), 'compressed by “lzf”'],
    ['no numbers', () => file.numbers('/sweep/names', [all(3)]), 'holds no numbers'],
  ])('%s is refused in words', (_, read, words) => {
    const said = () => {
      try {
        return read();
      } catch (error) {
        throw failureOf(error);
      }
    };
    expect(said).toThrow(words);
  });
});

test('of NetCDF, numbers are what they stand for, and those that are missing are NaN', async () => {
  const library = await hdf5Library();
  library.FS.writeFile('/packed.nc', new Uint8Array(readFileSync(new URL('packed.nc', FIXTURE))));
  const file = new Hdf5File(library, '/packed.nc', () => undefined);
  const types = Object.fromEntries(file.datasets().datasets.map(({ path, type }) => [path, type]));
  expect(types).toMatchObject({
    '/temperature': 'float32',
    '/length': 'float64',
    '/count': 'int64',
    '/old': 'float32',
  });
  const numbers = (path: string) => [...file.numbers(path, [all(6)]).real];
  const single = [274.15, 275.25, Number.NaN, 280, 290.5, Number.NaN].map(Math.fround);
  expect(numbers('/temperature')).toEqual(single);
  expect(numbers('/length')).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
  expect(numbers('/old')).toEqual([1, 2, Number.NaN, 4, 5, 6]);
  const count = file.numbers('/count', [all(6)]);
  const table = arrayTable({ numbers: count, selection: [all(6)], type: 'int64' });
  expect([0, 1, 3].map((row) => table.cell(row, 0))).toEqual(['1152921504606846977', '2', 'NaN']);
  // h5web shows the file itself.
  expect([...(file.value('/temperature') as Int16Array)].slice(0, 3)).toEqual([100, 210, -32768]);
});

describe('attributes', () => {
  let file: Hdf5File;
  beforeAll(async () => {
    const library = await hdf5Library();
    const made = new File('/attributes.h5', 'w');
    made.create_attribute('t_ns', BigInt64Array.of(1732649460123456789n, -3n));
    made.create_attribute('count', BigInt64Array.of(12n), []);
    made.create_attribute('half', Float32Array.of(1));
    made.create_attribute('sample', 'chip 7');
    made.close();
    // The library does not write half floats: one becomes what h5py would have written.
    const bytes = Buffer.from(library.FS.readFile('/attributes.h5'));
    const at = bytes.indexOf('11201f000400000000002000170800177f000000', 'hex');
    bytes.write('11200f0002000000000010000a05000a0f000000', at, 'hex');
    library.FS.writeFile('/attributes.h5', bytes);
    file = new Hdf5File(library, '/attributes.h5', () => undefined);
  });

  test('whole numbers are read to the last digit, and one that can not be read hides no others', () => {
    expect(file.attributes('/', ['t_ns', 'count', 'half', 'sample'])).toEqual({
      t_ns: [1732649460123456789n, -3],
      count: 12,
      half: '(of a kind that is not shown)',
      sample: 'chip 7',
    });
  });
});
