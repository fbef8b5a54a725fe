import type { NdArray } from '../arrays/nd-array.ts';
import type { DatasetDescription } from './hdf5-file.ts';
import type { Hdf5Session } from './hdf5-session.ts';

/** A dataset of numbers as an array of which parts are read. */
export function openHdf5Array(session: Hdf5Session, { path, ...facts }: DatasetDescription): NdArray {
  return {
    ...facts,
    name: path,
    read: (selection, signal) => session.call('numbers', [path, selection], signal),
  };
}
