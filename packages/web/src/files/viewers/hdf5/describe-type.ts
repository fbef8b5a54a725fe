import type { CompoundMember, Metadata } from 'h5wasm';

/** HDF5's classes of types (H5Tpublic.h). */
const H5T = {
  integer: 0,
  float: 1,
  time: 2,
  string: 3,
  bitfield: 4,
  opaque: 5,
  compound: 6,
  reference: 7,
  enumeration: 8,
  variable: 9,
  array: 10,
} as const;
const PADDINGS = ['null-terminated', 'null-padded', 'space-padded'];
/** Types may hold types; nobody writes so many into each other. */
const DEEPEST = 32;

/** How the parts of complex numbers are called: by h5py, MATLAB 7.3, and JLD2 of Julia. */
const COMPLEX_PAIRS = [
  ['r', 'i'],
  ['real', 'imag'],
  ['re', 'im'],
] as const;

/** A type as h5web wants it; complex numbers are compounds of two numbers. */
export interface TypeDescription {
  readonly class: string;
  readonly [fact: string]: unknown;
}

/** Describes the type of a dataset or an attribute. */
export function describeType(metadata: Metadata, depth = 0): TypeDescription {
  const { type, size, signed } = metadata;
  const endianness = metadata.littleEndian ? 'little-endian' : 'big-endian';
  const inner = (held: Metadata | undefined) =>
    held && depth < DEEPEST ? describeType(held, depth + 1) : { class: 'Unknown' };
  switch (type) {
    case H5T.integer:
      return { class: 'Integer', signed, size: 8 * size, endianness };
    case H5T.float:
      return { class: 'Float', size: 8 * size, endianness };
    case H5T.time:
      return { class: 'Time' };
    case H5T.string:
      return {
        class: 'String',
        charSet: metadata.cset === 1 ? 'UTF-8' : 'ASCII',
        strPad: PADDINGS[metadata.strpad ?? 0],
        ...(metadata.vlen ? {} : { length: size }),
      };
    case H5T.bitfield:
      return { class: 'Bitfield', endianness };
    case H5T.opaque:
      return { class: 'Opaque', tag: '' };
    case H5T.compound: {
      const fields = Object.fromEntries(
        (metadata.compound_type?.members ?? []).map((member) => [member.name, inner(member)]),
      );
      const [real, imaginary] = complexMembers(metadata).map(({ name }) => fields[name]);
      if (real && imaginary && isNumeric(real) && isNumeric(imaginary))
        return { class: 'Complex', realType: real, imagType: imaginary };
      return { class: 'Compound', fields };
    }
    case H5T.reference:
      return { class: 'Reference' };
    case H5T.enumeration: {
      const { members = {}, type: base = H5T.integer } = metadata.enum_type ?? {};
      const described = inner({ ...metadata, type: base });
      if (Object.keys(members).length === 2 && members.FALSE === 0 && members.TRUE === 1)
        return { class: 'Boolean', base: described };
      const mapping = Object.fromEntries(Object.entries(members).map(([name, value]) => [value, name]));
      return { class: 'Enumeration', base: described, mapping };
    }
    case H5T.variable:
      return { class: 'Array (variable length)', base: inner(metadata.vlen_type) };
    case H5T.array:
      return {
        class: 'Array',
        base: inner(metadata.array_type),
        dims: metadata.array_type?.shape ?? [],
      };
    default:
      return { class: 'Unknown' };
  }
}

/** Of a compound that is called like a complex number the real and the imaginary part; none of any other. */
export function complexMembers({ compound_type }: Metadata): CompoundMember[] {
  const members = compound_type?.members ?? [];
  const pair = COMPLEX_PAIRS.find((names) =>
    names.every((part) => members.some(({ name }) => name === part)),
  );
  if (members.length !== 2 || !pair) return [];
  return pair.flatMap((part) => members.find(({ name }) => name === part) ?? []);
}

function isNumeric({ class: name }: TypeDescription): boolean {
  return name === 'Integer' || name === 'Float';
}
