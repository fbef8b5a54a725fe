import { Attribute, Dataset, type Metadata } from 'h5wasm';
import { decodeNumbers, decodeWhole } from '../arrays/decode-numbers.ts';
import { type ArrayNumbers, countOf, lengthOf, numbersOf, type Selection } from '../arrays/nd-array.ts';
import { requireBounded, requireBytes, requireSpan } from './bounded-reading.ts';
import { describeType, type TypeDescription } from './describe-type.ts';
import type { Hdf5Library } from './hdf5-library.ts';
import { PACKING_ATTRIBUTES, type Packing, packingOf, unpacked } from './netcdf-packing.ts';
import { numberPlaces, numberTypeName } from './number-places.ts';

/** Of an attribute that is shown. */
const MOST_ATTRIBUTE_BYTES = 4 * 1024 * 1024;
/** A list of more is of no use, and its drawing takes long. */
const MOST_CHILDREN = 2000;
const MOST_PATHS = 20_000;
/** What the libraries of NetCDF-4 write into each of their files. */
const NETCDF_MARK = '_NCProperties';

/** An object in a file, as h5web wants it. */
export interface EntityDescription {
  readonly name: string;
  readonly path: string;
  readonly kind: 'group' | 'dataset' | 'datatype' | 'unresolved';
  readonly attributes: readonly { name: string; shape: readonly number[] | null; type: TypeDescription }[];
  readonly children?: readonly EntityDescription[];
  readonly [fact: string]: unknown;
}

/** A dataset of numbers. */
export interface DatasetDescription {
  readonly path: string;
  readonly shape: readonly number[];
  readonly type: string;
  readonly isComplex: boolean;
}

/** Datasets of a file. */
export interface DatasetList {
  readonly datasets: readonly DatasetDescription[];
  /** What is left out, in words. */
  readonly note: string | undefined;
}

/** An HDF5 file that is open: what can be asked of it. Each answer is bounded in size, and a failure says why. */
export class Hdf5File {
  readonly #library: Hdf5Library;
  readonly #id: bigint;
  readonly #addFilter: (id: number) => void;
  #isNetcdf: boolean | undefined;

  /** @param addFilter - brings the code of a compression, if there is any. */
  constructor(library: Hdf5Library, path: string, addFilter: (id: number) => void) {
    this.#library = library;
    this.#id = openShared(library, path);
    this.#addFilter = addFilter;
  }

  /** What a path names; of a group, with what is in it. */
  entity(path: string): EntityDescription {
    const entity = this.#describe(path);
    if (entity.kind !== 'group') return entity;
    const names = this.#library.get_names(this.#id, path, false);
    const children = names
      .slice(0, MOST_CHILDREN)
      .map((name) => this.#child(`${path === '/' ? '' : path}/${name}`));
    const left = names.length - children.length;
    const note = `… ${left.toLocaleString('en')} more are not shown`;
    const rest = left > 0 ? [unresolved(`${path}/${note}`)] : [];
    return { ...entity, children: [...children, ...rest] };
  }

  /**
   * The values of a dataset as h5web wants them.
   *
   * @param selection - of each dimension an index or `:`, with commas between; all where it is left out.
   */
  value(path: string, selection?: string): unknown {
    const dataset = this.#dataset(path);
    const { metadata } = dataset;
    const parts = selection?.split(',');
    const part: Selection = (metadata.shape ?? []).map((size, i) =>
      parts === undefined || parts[i] === ':' ? { start: 0, end: size, step: 1 } : Number(parts[i]),
    );
    const isComplex = describeType(metadata).class === 'Complex';
    const isHalf = metadata.type === 1 && metadata.size === 2;
    if (isComplex || isHalf) {
      requireBounded(metadata, countOf(part));
      const { real, imaginary } = this.#stored(path, part);
      const values = imaginary ? Array.from(real, (number, i) => [number, imaginary[i]]) : real;
      return metadata.shape?.length === 0 ? values[0] : values;
    }
    requireBounded(metadata, countOf(part));
    if (selection === undefined) return dataset.value;
    return dataset.slice(
      part.map((one) => (typeof one === 'number' ? [one, one + 1] : [one.start, one.end])),
    );
  }

  /** The values of attributes, by their names; of one that is too large or can't be read, a word about it. */
  attributes(path: string, names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(names.map((name) => [name, this.#attribute(path, name)]));
  }

  /** One that can't be read must not hide the others. */
  #attribute(path: string, name: string): unknown {
    try {
      const attribute = new Attribute(this.#id, path, name);
      const { type, size, total_size } = attribute.metadata;
      if (size * total_size > MOST_ATTRIBUTE_BYTES) return '(too large to show)';
      // What the library makes of them for JSON loses their last digits.
      return type === 0 && size === 8 ? wholeNumbers(attribute.value) : attribute.json_value;
    } catch {
      return '(of a kind that is not shown)';
    }
  }

  /** Paths of all that is below a group; of very many, the first. */
  paths(root: string): string[] {
    return this.#paths(root).slice(0, MOST_PATHS);
  }

  /** The datasets of numbers that can be drawn, among the first objects. */
  datasets(): DatasetList {
    const paths = this.#paths('/');
    const datasets = paths.slice(0, MOST_PATHS).flatMap((path) => {
      if (this.#kindOf(path) !== this.#library.H5G_DATASET) return [];
      const metadata = this.#library.get_dataset_metadata(this.#id, path);
      const { length } = numberPlaces(metadata);
      if (!metadata.shape?.length || length === 0) return [];
      const packing = this.#packing(path, metadata);
      const type = !packing?.scaled ? numberTypeName(metadata) : packing.isSingle ? 'float32' : 'float64';
      return [{ path, shape: metadata.shape, type, isComplex: length === 2 }];
    });
    const [most, all] = [MOST_PATHS, paths.length].map((count) => count.toLocaleString('en'));
    const note =
      paths.length > MOST_PATHS
        ? `Only the first ${most} of its ${all} objects are looked through.`
        : undefined;
    return { datasets, note };
  }

  /** The numbers of a part of a dataset; of a NetCDF variable what they stand for, and NaN where one is missing. */
  numbers(path: string, selection: Selection): ArrayNumbers {
    const stored = this.#stored(path, selection);
    const packing = this.#packing(path, this.#library.get_dataset_metadata(this.#id, path));
    return packing ? unpacked(stored, packing) : stored;
  }

  #packing(path: string, metadata: Metadata): Packing | undefined {
    this.#isNetcdf ??= this.#library.get_attribute_names(this.#id, '/').includes(NETCDF_MARK);
    if (!this.#isNetcdf || numberPlaces(metadata).length !== 1) return undefined;
    const present = this.#library.get_attribute_names(this.#id, path);
    const names = PACKING_ATTRIBUTES.filter((name) => present.includes(name));
    // A variable of four bytes has the nearest to a number that was given with eight.
    const isOfSingles = metadata.type === 1 && metadata.size === 4;
    // As NumPy multiplies: whole numbers of four bytes have more digits than such a factor.
    const isSingle =
      (isOfSingles || metadata.size <= 2) &&
      names
        .filter((name) => name === 'scale_factor' || name === 'add_offset')
        .every((name) => this.#library.get_attribute_metadata(this.#id, path, name).size === 4);
    return packingOf(this.attributes(path, names), isSingle, isOfSingles ? Math.fround : Number);
  }

  #stored(path: string, selection: Selection): ArrayNumbers {
    const { metadata } = this.#dataset(path);
    const [real, imaginary] = numberPlaces(metadata);
    if (!real) throw new Error(`“${path}” holds no numbers.`);
    const count = countOf(selection);
    requireSpan(metadata, selection);
    const bytes = this.#bytes(path, metadata, selection, count);
    return numbersOf(
      decodeNumbers(bytes, count, real),
      imaginary && decodeNumbers(bytes, count, imaginary),
      decodeWhole(bytes, count, real),
    );
  }

  #paths(root: string): string[] {
    const names = this.#library.get_names(this.#id, root, true);
    return names.map((name) => `${root === '/' ? '' : root}/${name.replace(/^\//, '')}`);
  }

  #bytes(path: string, metadata: Metadata, selection: Selection, count: number): Uint8Array {
    requireBytes(metadata.size * count);
    const library = this.#library;
    const stretches = selection.map((part) =>
      typeof part === 'number' ? { start: part, end: part + 1, step: 1 } : part,
    );
    const length = metadata.size * count;
    const pointer = library._malloc(length);
    if (pointer === 0) throw new Error('There is not enough memory to read it.');
    try {
      const big = (of: (stretch: (typeof stretches)[number]) => number) =>
        stretches.length === 0 ? null : stretches.map((stretch) => BigInt(of(stretch)));
      const counts = big(lengthOf);
      const starts = big(({ start }) => start);
      const steps = big(({ step }) => step);
      library.get_dataset_data(this.#id, path, counts, starts, steps, BigInt(pointer));
      return library.HEAPU8.slice(pointer, pointer + length);
    } finally {
      library._free(pointer);
    }
  }

  #dataset(path: string): Dataset {
    const dataset = new Dataset(this.#id, path);
    const sources = dataset.metadata.virtual_sources ?? [];
    const isAway = sources.find(({ file_name }) => file_name !== '.');
    if (isAway)
      throw new Error(`The data lies in another file, “${isAway.file_name}”, which can not be read here.`);
    for (const source of [path, ...sources.map(({ dset_name }) => dset_name)])
      for (const { id } of this.#library.get_dataset_filters(this.#id, source)) this.#addFilter(id);
    return dataset;
  }

  #kindOf(path: string): number | undefined {
    try {
      return this.#library.get_type(this.#id, path);
    } catch {
      // A link in a circle, or to what can't be read.
      return undefined;
    }
  }

  /** One bad object must not hide the others. */
  #child(path: string): EntityDescription {
    try {
      return this.#describe(path);
    } catch {
      return unresolved(path);
    }
  }

  #describe(path: string): EntityDescription {
    const library = this.#library;
    const id = this.#id;
    const kind = this.#kindOf(path);
    const base = { name: nameOf(path), path };
    if (kind === library.H5G_GROUP) return { ...base, kind: 'group', attributes: this.#attributes(path) };
    if (kind === library.H5G_DATASET) {
      const metadata = library.get_dataset_metadata(id, path);
      const { chunks, maxshape, shape, virtual_sources, ...rawType } = metadata;
      return {
        ...base,
        kind: 'dataset',
        shape,
        type: describeType(metadata),
        chunks: chunks ?? undefined,
        filters: library.get_dataset_filters(id, path),
        virtualSources: virtual_sources?.map(({ file_name, dset_name }) => ({
          file: file_name,
          path: dset_name,
        })),
        attributes: this.#attributes(path),
        rawType,
      };
    }
    if (kind === library.H5G_TYPE) {
      const metadata = library.get_datatype_metadata(id, path);
      return { ...base, kind: 'datatype', type: describeType(metadata), attributes: this.#attributes(path) };
    }
    if (kind === library.H5G_LINK)
      return unresolved(path, { class: 'Soft', path: library.get_symbolic_link(id, path) });
    if (kind === library.H5G_UDLINK) {
      const { filename, obj_path } = library.get_external_link(id, path);
      return unresolved(path, { class: 'External', file: filename, path: obj_path });
    }
    return unresolved(path);
  }

  #attributes(path: string): EntityDescription['attributes'] {
    const names = this.#library.get_attribute_names(this.#id, path).slice(0, MOST_CHILDREN);
    return names.map((name) => {
      const metadata = this.#library.get_attribute_metadata(this.#id, path, name);
      return { name, shape: metadata.shape, type: describeType(metadata) };
    });
  }
}

/** Whoever writes into a file while it is shown has marked it so. */
function openShared(library: Hdf5Library, path: string): bigint {
  try {
    return library.open(path, library.H5F_ACC_RDONLY);
  } catch (error) {
    if (!/already open for write/.test(String(error))) throw error;
    return library.open(path, library.H5F_ACC_SWMR_READ);
  }
}

/** Whole numbers of eight bytes: only what is beyond 2⁵³ stays a BigInt. */
function wholeNumbers(value: unknown): unknown {
  if (value instanceof BigInt64Array || value instanceof BigUint64Array)
    return Array.from(value, wholeNumbers);
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function unresolved(path: string, link?: object): EntityDescription {
  return { name: nameOf(path), path, kind: 'unresolved', attributes: [], ...(link ? { link } : {}) };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
