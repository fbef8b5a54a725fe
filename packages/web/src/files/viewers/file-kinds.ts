import type { FileKind } from './file-source.ts';
import { hasHdf5Signature } from './hdf5/hdf5-kind.ts';

/** Separated values. */
export function isTable({ name, type }: FileKind): boolean {
  return /^text\/(csv|tab-separated-values)$/.test(type) || /\.(csv|tsv|dat)$/i.test(name);
}

/** NetCDF-4 is HDF5; and there are many other names for it. */
export function isHdf5({ name, head }: FileKind): boolean {
  return /\.(h5|hdf5?|he5|nxs|nx|nc4?|cdf)$/i.test(name) || (head !== undefined && hasHdf5Signature(head));
}

/** One array of NumPy, or several in an archive. */
export function isNumpy({ name }: FileKind): boolean {
  return /\.np[yz]$/i.test(name);
}

/** JSON or YAML. */
export function isTree({ name, type }: FileKind): boolean {
  return /[/+](json|yaml)$/.test(type) || /\.(json|ya?ml)$/i.test(name);
}
