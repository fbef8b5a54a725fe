import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Selection } from '../arrays/nd-array.ts';
import { NotShown } from '../not-shown.ts';
import { type ByteSource, bytesInMemory } from './byte-source.ts';
import { npyFile, zipFile } from './make-numpy.ts';
import { openNpyArray } from './npy-array.ts';
import { parseNpyHeader } from './npy-header.ts';
import { openNpzArchive } from './npz-archive.ts';

const whole = (shape: readonly number[]): Selection => shape.map((end) => ({ start: 0, end, step: 1 }));

async function numbersOf(file: Uint8Array, selection?: Selection) {
  const array = await openNpyArray('a', bytesInMemory(file));
  const { real, imaginary } = await array.read(selection ?? whole(array.shape));
  return { type: array.type, shape: array.shape, real: [...real], imaginary: imaginary && [...imaginary] };
}

describe('numbers of each kind', () => {
  const of = (...numbers: number[]) => numbers;
  test.each([
    ['<f8', 'float64', new Uint8Array(Float64Array.of(1.5, -2).buffer), of(1.5, -2)],
    ['>f4', 'float32', Uint8Array.of(0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0), of(1.5, -2)],
    ['<f2', 'float16', Uint8Array.of(0, 0x3e, 0, 0xfc), of(1.5, Number.NEGATIVE_INFINITY)],
    ['|i1', 'int8', Uint8Array.of(1, 0xff), of(1, -1)],
    ['>i2', 'int16', Uint8Array.of(1, 0, 0xff, 0xff), of(256, -1)],
    ['<u4', 'uint32', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0), of(2 ** 32 - 1, 1)],
    ['<i8', 'int64', new Uint8Array(BigInt64Array.of(-3n, 4n).buffer), of(-3, 4)],
    ['|b1', 'bool', Uint8Array.of(1, 0), of(1, 0)],
  ])('%s', async (descr, type, data, real) => {
    expect(await numbersOf(npyFile({ descr, shape: [2], data }))).toEqual({
      type,
      shape: [2],
      real,
      imaginary: undefined,
    });
  });

  test.each([false, true])(
    'whole numbers beyond 2⁵³ to the last digit (in the order of Fortran: %s)',
    async (isFortran) => {
      const numbers = BigInt64Array.of(1732645000123456789n, 2n, -9007199254740993n, 4n);
      const file = npyFile({ descr: '<i8', shape: [2, 2], data: new Uint8Array(numbers.buffer), isFortran });
      const array = await openNpyArray('a', bytesInMemory(file));
      const read = await array.read(whole([2, 2]));
      const [a, b, c, d] = numbers;
      expect(read.whole).toEqual(isFortran ? BigInt64Array.from([a, c, b, d] as bigint[]) : numbers);
      expect((await array.read([0, 1])).whole).toEqual(
        isFortran ? BigInt64Array.of(-9007199254740993n) : undefined,
      );
    },
  );

  test('complex ones are pairs', async () => {
    const data = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
    expect(await numbersOf(npyFile({ descr: '<c8', shape: [2], data }))).toMatchObject({
      type: 'complex64',
      real: [1, 3],
      imaginary: [2, 4],
    });
  });
});

describe('a part of an array', () => {
  const numbers = Float64Array.from({ length: 24 }, (_, i) => i);
  const data = new Uint8Array(numbers.buffer);
  const selection = [{ start: 0, end: 2, step: 1 }, 1, { start: 0, end: 4, step: 2 }];

  test.each([1, 2, 3] as const)('in the order of C, version %i', async (version) => {
    const file = npyFile({ descr: '<f8', shape: [2, 3, 4], data, version });
    expect((await numbersOf(file, selection)).real).toEqual([4, 6, 16, 18]);
  });

  test('in the order of Fortran', async () => {
    const file = npyFile({ descr: '<f8', shape: [2, 3, 4], data, isFortran: true });
    // Element (i, j, k) is i + 2 j + 6 k.
    expect((await numbersOf(file, selection)).real).toEqual([2, 14, 3, 15]);
    expect((await numbersOf(file)).real.slice(0, 5)).toEqual([0, 6, 12, 18, 2]);
  });

  test('only what is needed is read', async () => {
    const size = 40 * 1024 * 1024;
    const file = npyFile({ descr: '|u1', shape: [40, 1024 * 1024], data: new Uint8Array(0) });
    let bytes = 0;
    const source: ByteSource = {
      size: file.length + size,
      async read(start, end) {
        bytes += end - start;
        const part = new Uint8Array(end - start);
        part.set(file.subarray(start, Math.min(end, file.length)));
        return part;
      },
    };
    const array = await openNpyArray('a', source);
    await array.read([39, { start: 0, end: 1024 * 1024, step: 1 }]);
    expect(bytes).toBeLessThan(1.1 * 1024 * 1024);
    await expect(array.read(whole(array.shape))).rejects.toThrow('41,943,040 values, and at most 16,777,216');
  });
});

describe('what is refused, in words', () => {
  const eight = new Uint8Array(8);
  test.each([
    ['no array', new TextEncoder().encode('hello, this is no array at all'), 'does not begin as one'],
    [
      'more than is there',
      npyFile({ descr: '<f8', shape: [10 ** 9, 10 ** 9], data: eight }),
      'The header promises',
    ],
    ['sizes that can not be', npyFile({ descr: '<f8', shape: [-5], data: eight }), 'sizes that can not be'],
    ['objects', npyFile({ descr: '|O', shape: [1], data: eight }), 'Python objects (a pickle)'],
    ['texts', npyFile({ descr: '<U2', shape: [1], data: eight }), 'holds texts'],
    [
      'long doubles',
      npyFile({ descr: '<f16', shape: [1], data: new Uint8Array(16) }),
      'elements of type “<f16”',
    ],
    ['dates', npyFile({ descr: '<M8[ns]', shape: [1], data: eight }), 'dates or durations'],
    ['a beginning', npyFile({ descr: '<f8', shape: [1], data: eight }).slice(0, 9), 'is cut off'],
  ])('%s', (_, file, words) => {
    expect(() => parseNpyHeader(file, file.length)).toThrow(words);
  });

  test('records', () => {
    const file = npyFile({ descr: [['a', '<f8']], shape: [1], data: eight });
    expect(() => parseNpyHeader(file, file.length)).toThrow('records of named fields');
  });

  test('an order that is not said', () => {
    const text = `{'descr': '<f8', 'fortran_order' : True, 'shape': (1,), }`;
    expect(() => parseNpyHeader(fileOf(text), 10 ** 6)).toThrow('in which order');
  });

  test('headers that begin to say their sizes again and again, in no time', () => {
    const text = `'descr': '<f8', ${"'shape':(".repeat(7200)}`;
    const start = performance.now();
    for (let i = 0; i < 20; i += 1)
      expect(() => parseNpyHeader(fileOf(text), 10 ** 6)).toThrow('does not say how large it is');
    // Each took a third of a second.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

test('a header may have its names in double quotes', () => {
  const text = `{"descr": "<f8", "fortran_order": True, "shape": (2, 3)}`;
  expect(parseNpyHeader(fileOf(text), 10 ** 6)).toMatchObject({ isFortran: true, shape: [2, 3] });
});

/** A file with such a header. */
function fileOf(header: string): Uint8Array {
  const begin = Buffer.from('\x93NUMPY\x01\0\0\0', 'latin1');
  begin.writeUInt16LE(header.length, 8);
  return Buffer.concat([begin, Buffer.from(header, 'latin1')]);
}

describe('an archive', () => {
  const array = npyFile({ descr: '<f8', shape: [3], data: new Uint8Array(Float64Array.of(7, 8, 9).buffer) });

  test.each(['stored', 'deflated'] as const)('of arrays that are %s', async (how) => {
    const archive = zipFile([{ name: 'x.npy', content: array, how }]);
    const {
      entries: [entry],
    } = await openNpzArchive(bytesInMemory(archive));
    expect(entry?.name).toBe('x');
    const opened = await entry?.open();
    expect([...((await opened?.read(whole([3])))?.real ?? [])]).toEqual([7, 8, 9]);
  });

  test.each(['stored', 'deflated'] as const)('of which only the header is read, %s', async (how) => {
    const numbers = new Uint8Array(Float64Array.from({ length: 100_000 }, Math.random).buffer);
    const content = npyFile({ descr: '<f8', shape: [100_000], data: numbers });
    const archive = zipFile([{ name: 'x.npy', content, how }]);
    let bytes = 0;
    const source: ByteSource = {
      size: archive.length,
      async read(start, end) {
        bytes += end - start;
        return archive.subarray(start, end);
      },
    };
    const {
      entries: [entry],
    } = await openNpzArchive(source);
    expect(await entry?.header()).toMatchObject({ shape: [100_000], element: { type: 'float64' } });
    expect(bytes).toBeLessThan(100_000);
  });

  test('whose packed bytes are none says so', async () => {
    const archive = zipFile([
      { name: 'x.npy', content: array, how: 'deflated', packed: new Uint8Array(50).fill(0xff) },
    ]);
    const {
      entries: [entry],
    } = await openNpzArchive(bytesInMemory(archive));
    await expect(entry?.header()).rejects.toThrow(NotShown);
  });

  test('a bomb is not unpacked', { timeout: 120_000 }, async () => {
    const packed = deflateRawSync(new Uint8Array(300 * 1024 * 1024), { level: 1 });
    const archive = zipFile([{ name: 'x.npy', content: array, how: 'deflated', packed }]);
    const {
      entries: [entry],
    } = await openNpzArchive(bytesInMemory(archive));
    await expect(entry?.open()).rejects.toThrow('more than 256 MiB');
  });

  test.each([
    [1000, false],
    [1001, true],
  ])('of %i arrays, the first are listed, and that is said', async (count, isCut) => {
    const parts = Array.from({ length: count }, (_, i) => ({
      name: `${i}.npy`,
      content: array,
      how: 'stored' as const,
    }));
    const archive = await openNpzArchive(bytesInMemory(zipFile(parts)));
    expect([archive.entries.length, archive.isCut]).toEqual([1000, isCut]);
  });

  test('what is no archive says so', async () => {
    await expect(openNpzArchive(bytesInMemory(new Uint8Array(100)))).rejects.toThrow('no archive');
  });
});
