import type { FileSource } from '../../files/viewers/file-source.ts';
import { bytesOfFile } from '../../files/viewers/numpy/byte-source.ts';
import { openNpyArray } from '../../files/viewers/numpy/npy-array.ts';
import { openNpzArchive } from '../../files/viewers/numpy/npz-archive.ts';
import { arrayColumns } from './array-columns.ts';
import type { Columns } from './columns.ts';

/** Of an archive; each is opened to see what it is. */
const MOST_ARRAYS = 50;

/** The curves in an array of NumPy, or in an archive of several. */
export async function openNumpyColumns(source: FileSource, signal: AbortSignal): Promise<Columns> {
  const bytes = bytesOfFile(source.location);
  if (/\.npy$/i.test(source.name)) return arrayColumns([await openNpyArray('values', bytes, signal)]);
  const entries = await openNpzArchive(bytes);
  return arrayColumns(await Promise.all(entries.slice(0, MOST_ARRAYS).map((entry) => entry.open(signal))));
}
