import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@aqueduct/server/testing';
import { File as Hdf5File, ready as hdf5Ready } from 'h5wasm/node';

const MiB = 1024 * 1024;
const COLUMNS = 8192;
/** Rows that are written at once: 4 MiB. */
const ROWS = 64;

/** Writes an HDF5 file of about so many MiB: a plane of numbers in pieces, and a line of a thousand. */
export async function writeLargeHdf5(path: string, mebibytes: number): Promise<void> {
  await hdf5Ready;
  const file = new Hdf5File(path, 'w');
  const rows = (mebibytes * MiB) / (8 * COLUMNS);
  const part = Float64Array.from({ length: ROWS * COLUMNS }, (_, i) => Math.sin(i / 1000));
  const shape = [ROWS, COLUMNS];
  const plane = file.create_dataset({
    name: 'plane',
    data: part,
    shape,
    maxshape: [null, COLUMNS],
    chunks: shape,
  });
  plane.resize([rows, COLUMNS]);
  for (let row = ROWS; row < rows; row += ROWS)
    plane.write_slice(
      [
        [row, row + ROWS],
        [0, COLUMNS],
      ],
      part,
    );
  file.create_dataset({ name: 'line', data: Float64Array.from({ length: 1000 }, (_, i) => i % 7) });
  file.close();
}

/** A small HDF5 file with the dataset `/d`, which counts up; of length 0, it is empty with room for rows of five. */
export async function hdf5OfLength(length: number, first = 0): Promise<Uint8Array<ArrayBuffer>> {
  await hdf5Ready;
  const path = join(await temporaryFolder(), 'd.h5');
  const file = new Hdf5File(path, 'w');
  if (length > 0)
    file.create_dataset({ name: 'd', data: Float64Array.from({ length }, (_, i) => first + i) });
  else {
    const shape = [1, 5];
    const empty = file.create_dataset({
      name: 'd',
      data: new Float64Array(5),
      shape,
      maxshape: [null, 5],
      chunks: shape,
    });
    empty.resize([0, 5]);
  }
  file.create_attribute('t_ns', BigInt64Array.of(1732649460123456789n));
  file.close();
  return new Uint8Array(await readFile(path));
}
