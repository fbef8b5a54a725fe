import { expect, test } from 'vitest';
import { bytesInMemory } from '../../files/viewers/numpy/byte-source.ts';
import { npyFile, zipFile } from '../../files/viewers/numpy/make-numpy.ts';
import { type NpzEntry, openNpzArchive } from '../../files/viewers/numpy/npz-archive.ts';
import { archiveColumns } from './numpy-columns.ts';

const { signal } = new AbortController();
const array = (...numbers: number[]) =>
  npyFile({ descr: '<f8', shape: [numbers.length], data: new Uint8Array(Float64Array.from(numbers).buffer) });
const eight = new Uint8Array(8);
const archive = (arrays: Readonly<Record<string, Uint8Array>>) =>
  openNpzArchive(
    bytesInMemory(
      zipFile(
        Object.entries(arrays).map(([name, content]) => ({ name: `${name}.npy`, content, how: 'deflated' })),
      ),
    ),
  );

test('of an archive, the arrays of numbers are curves', async () => {
  const found = await archive({
    labels: npyFile({ descr: '<U2', shape: [1], data: eight }),
    f: array(1, 2, 3),
    objects: npyFile({ descr: '|O', shape: [1], data: eight }),
    s: array(4, 5, 6),
  });
  const columns = await archiveColumns(found, signal);
  expect([columns.names, columns.note]).toEqual([['f', 's'], undefined]);
  expect((await columns.read(['s', 'f'], signal)).map((one) => [...one])).toEqual([
    [4, 5, 6],
    [1, 2, 3],
  ]);
});

test('of very many arrays the first are offered, and that is said', async () => {
  const arrays = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, array(i)]));
  const { names, note } = await archiveColumns(await archive(arrays), signal);
  expect([names.length, note]).toEqual([50, 'Only the first 50 of its 51 arrays are looked through.']);
});

test('one array at a time is unpacked, and none to see what is there', async () => {
  let unpacked = 0;
  let most = 0;
  const counted = (entry: NpzEntry): NpzEntry => ({
    ...entry,
    async open(ending) {
      unpacked += 1;
      most = Math.max(most, unpacked);
      const opened = await entry.open(ending);
      return {
        ...opened,
        read: (...part) => opened.read(...part).finally(() => (unpacked -= 1)),
      };
    },
  });
  const { entries } = await archive({ a: array(1), b: array(2) });
  const counting = { entries: entries.map(counted), isCut: false };
  const [one, other] = [await archiveColumns(counting, signal), await archiveColumns(counting, signal)];
  expect(most).toBe(0);
  await Promise.all([one.read(['a', 'b'], signal), other.read(['b', 'a'], signal)]);
  expect(most).toBe(1);
});

test('what can not be read for now is no array without numbers', async () => {
  const {
    entries: [entry],
  } = await archive({ a: array(1) });
  const lost = {
    ...(entry as NpzEntry),
    header: () => Promise.reject(new Error('The server does not answer.')),
  };
  await expect(archiveColumns({ entries: [lost], isCut: false }, signal)).rejects.toThrow(
    'The server does not answer.',
  );
});
