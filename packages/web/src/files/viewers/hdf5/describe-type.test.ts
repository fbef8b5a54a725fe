import type { Metadata } from 'h5wasm';
import { expect, test } from 'vitest';
import { describeType } from './describe-type.ts';
import { numberPlaces, numberTypeName } from './number-places.ts';

const member = (name: string, offset: number, type = 1) =>
  ({ name, offset, type, size: 8, signed: true, littleEndian: true }) as unknown as Metadata;

function compound(...members: Metadata[]): Metadata {
  const facts = { members, nmembers: members.length };
  return { type: 6, size: 8 * members.length, signed: false, compound_type: facts } as unknown as Metadata;
}

test.each([
  ['h5py', 'r', 'i'],
  ['MATLAB', 'real', 'imag'],
  ['JLD2', 're', 'im'],
])('complex numbers of %s', (_, real, imaginary) => {
  const metadata = compound(member(real, 0), member(imaginary, 8));
  expect(describeType(metadata)).toMatchObject({ class: 'Complex', realType: { class: 'Float', size: 64 } });
  expect(numberPlaces(metadata)).toMatchObject([
    { form: 'f8', stride: 16, offset: 0 },
    { form: 'f8', stride: 16, offset: 8 },
  ]);
  expect(numberTypeName(metadata)).toBe('complex128');
});

test('the parts are found by their names', () => {
  const metadata = compound(member('imag', 0), member('real', 8));
  expect(numberPlaces(metadata)).toMatchObject([{ offset: 8 }, { offset: 0 }]);
});

test.each([
  ['parts of two kinds', compound(member('r', 0), member('imag', 8))],
  ['a third member', compound(member('re', 0), member('im', 8), member('unit', 16))],
  ['texts', compound(member('r', 0, 3), member('i', 8, 3))],
])('no complex numbers: %s', (_, metadata) => {
  expect(describeType(metadata).class).toBe('Compound');
  expect(numberPlaces(metadata)).toEqual([]);
});
