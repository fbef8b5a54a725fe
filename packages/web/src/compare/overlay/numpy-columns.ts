import type { NdArray } from '../../files/viewers/arrays/nd-array.ts';
import type { FileSource } from '../../files/viewers/file-source.ts';
import { NotShown } from '../../files/viewers/not-shown.ts';
import { bytesOfFile } from '../../files/viewers/numpy/byte-source.ts';
import { openNpyArray } from '../../files/viewers/numpy/npy-array.ts';
import { type NpzArchive, type NpzEntry, openNpzArchive } from '../../files/viewers/numpy/npz-archive.ts';
import { inTurns } from '../in-turns.ts';
import { arrayColumns } from './array-columns.ts';
import type { Columns } from './columns.ts';

/** Of an archive; the header of each is read to see what it is. */
const MOST_ARRAYS = 50;

/** The curves in an array of NumPy, or in an archive of several. */
export async function openNumpyColumns(source: FileSource, signal: AbortSignal): Promise<Columns> {
  const bytes = bytesOfFile(source.location);
  if (/\.npy$/i.test(source.name)) return arrayColumns([await openNpyArray('values', bytes, signal)]);
  return archiveColumns(await openNpzArchive(bytes), signal);
}

/** The curves in an archive. Those of its arrays that hold no numbers, such as labels, are left out. */
export async function archiveColumns({ entries, isCut }: NpzArchive, signal: AbortSignal): Promise<Columns> {
  const arrays: NdArray[] = [];
  for (const entry of entries.slice(0, MOST_ARRAYS)) {
    try {
      arrays.push(arrayOf(entry, await entry.header(signal)));
    } catch (error) {
      if (!(error instanceof NotShown)) throw error;
    }
  }
  const note =
    entries.length > MOST_ARRAYS
      ? `Only the first ${MOST_ARRAYS} of its ${isCut ? 'more than ' : ''}${entries.length} arrays are looked through.`
      : undefined;
  return arrayColumns(arrays, note);
}

/** Readings wait for each other: an array that is packed is unpacked whole, and eight would not fit into memory. */
const inTurn = inTurns(1);

/** An array that is unpacked only while it is read. */
function arrayOf(entry: NpzEntry, { shape, element }: Awaited<ReturnType<NpzEntry['header']>>): NdArray {
  return {
    name: entry.name,
    shape,
    type: element.type,
    isComplex: element.isComplex,
    read: (selection, signal) =>
      inTurn(async () => (await entry.open(signal)).read(selection, signal), signal),
  };
}
