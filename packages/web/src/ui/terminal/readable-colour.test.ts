import { expect, test } from 'vitest';
import { readableColour } from './readable-colour.ts';

test('a colour that can be read stays, others are moved', () => {
  expect(readableColour('187, 0, 0')).toMatch(/^light-dark\(rgb\(187 0 0\), rgb\(2\d\d /);
  expect(readableColour('255, 255, 255')).toMatch(/, rgb\(255 255 255\)\)$/);
  expect(readableColour('0, 0, 0')).toMatch(/^light-dark\(rgb\(0 0 0\)/);
});
