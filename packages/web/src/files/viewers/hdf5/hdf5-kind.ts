import { type FileLocation, readRange } from '../read-range.ts';

/** What a file is that may be HDF5. */
export type Hdf5Kind = 'HDF5' | 'NetCDF-3' | 'other';

/** Format specification, II.A: it stands at the beginning, or behind a block of the user's own of such a size. */
const PLACES = [0, 512, 1024, 2048, 4096, 8192];
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** `CDF`, and a number for the variant; 4-byte or 8-byte offsets, or 8-byte sizes, too. */
const CLASSIC = [0x43, 0x44, 0x46];

/** Whether bytes from the beginning of a file are those of an HDF5 file. */
export function hasHdf5Signature(head: Uint8Array): boolean {
  return PLACES.some((place) => SIGNATURE.every((byte, i) => head[place + i] === byte));
}

/** Looks at the beginning of a file. */
export async function hdf5KindOf(file: FileLocation, signal?: AbortSignal): Promise<Hdf5Kind> {
  const head = await readRange(file, 0, Math.min(file.size, 8192 + SIGNATURE.length), signal);
  if (hasHdf5Signature(head)) return 'HDF5';
  return CLASSIC.every((byte, i) => head[i] === byte) ? 'NetCDF-3' : 'other';
}
