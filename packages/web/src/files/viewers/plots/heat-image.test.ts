import { expect, test } from 'vitest';
import { phaseMapOf } from './heat-image.ts';

test.each([
  ['go around', [-3, 0, 3.1, Number.NaN], 'cyclic'],
  // With the colours of a turn from the least to the greatest, both ends would look the same.
  ['are near each other', [-0.1, 0, 0.1], 'sequential'],
  ['are all missing', [Number.NaN], 'sequential'],
] as const)('the colours of phases that %s', (_, phases, map) => {
  expect(phaseMapOf(Float64Array.from(phases))).toBe(map);
});
