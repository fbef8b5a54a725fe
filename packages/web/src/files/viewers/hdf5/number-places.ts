import type { Metadata } from 'h5wasm';
import { isNumberForm, type NumberPlace } from '../arrays/decode-numbers.ts';
import { complexMembers, describeType } from './describe-type.ts';

/** Where the numbers of a dataset's elements are: one place, two of complex numbers, none where it has no numbers. */
export function numberPlaces(metadata: Metadata): readonly NumberPlace[] {
  const { class: name } = describeType(metadata);
  if (name === 'Complex')
    return complexMembers(metadata).flatMap((member) => placeOf(member, metadata.size, member.offset));
  return ['Integer', 'Float', 'Boolean', 'Enumeration'].includes(name)
    ? placeOf(metadata, metadata.size, 0)
    : [];
}

/** For people: `float64`. */
export function numberTypeName(metadata: Metadata): string {
  const [place] = numberPlaces(metadata);
  if (!place) return describeType(metadata).class.toLowerCase();
  const { class: name } = describeType(metadata);
  if (name === 'Boolean') return 'bool';
  const word = name === 'Complex' ? 'complex' : { i: 'int', u: 'uint', f: 'float' }[place.form[0] ?? ''];
  return `${word}${8 * metadata.size}`;
}

function placeOf(metadata: Metadata, stride: number, offset: number): NumberPlace[] {
  const isFloat = metadata.type === 1;
  const form = `${isFloat ? 'f' : metadata.signed ? 'i' : 'u'}${metadata.size}`;
  // The library hands out numbers in the order of the machine, which is WebAssembly's.
  return isNumberForm(form) ? [{ form, isLittle: true, stride, offset }] : [];
}
