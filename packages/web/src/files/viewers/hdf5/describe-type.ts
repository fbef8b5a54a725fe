import type { Metadata } from 'h5wasm';

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

/** A type as h5web wants it; of the complex numbers it knows those that h5py writes: a compound of `r` and `i`. */
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
      const { r, i, ...others } = fields;
      if (r && i && Object.keys(others).length === 0 && isNumeric(r) && isNumeric(i))
        return { class: 'Complex', realType: r, imagType: i };
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

function isNumeric({ class: name }: TypeDescription): boolean {
  return name === 'Integer' || name === 'Float';
}
