import { isHdf5, isNumpy, isTable } from '../../files/viewers/file-kinds.ts';
import type { FileKind, FileSource } from '../../files/viewers/file-source.ts';

/** In the place of a column for x: the points, counted from 1. */
export const POINT_NUMBER = '(number of the point)';

/** The columns of numbers in a file that curves are made of. */
export interface Columns {
  /** In their order; none where there is nothing to draw. */
  readonly names: readonly string[];
  /** The one that the others were measured over, as far as the file says so. */
  readonly x: string;
  /** What is left out, in words. */
  readonly note?: string | undefined;
  /** Reads some of them, in the order asked for. */
  read(names: readonly string[], signal: AbortSignal): Promise<readonly Float64Array[]>;
}

interface ColumnKind {
  readonly isOf: (file: FileKind) => boolean;
  readonly open: (source: FileSource, signal: AbortSignal) => Promise<Columns>;
}

/** The code for a kind is loaded when it is needed. */
const KINDS: readonly ColumnKind[] = [
  {
    isOf: isTable,
    open: async (source, signal) => (await import('./table-columns.ts')).openTableColumns(source, signal),
  },
  {
    isOf: isNumpy,
    open: async (source, signal) => (await import('./numpy-columns.ts')).openNumpyColumns(source, signal),
  },
  {
    isOf: isHdf5,
    open: async (source, signal) => (await import('./hdf5-columns.ts')).openHdf5Columns(source, signal),
  },
];

/** Whether curves are made of files like this. */
export function hasColumns(file: FileKind): boolean {
  return KINDS.some(({ isOf }) => isOf(file));
}

/** @throws Error with a sentence where it can't be read, or is too large. */
export async function openColumns(source: FileSource, signal: AbortSignal): Promise<Columns> {
  const kind = KINDS.find(({ isOf }) => isOf(source));
  if (!kind) throw new Error('Curves are not made of files like this.');
  return kind.open(source, signal);
}
