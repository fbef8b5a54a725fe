import { expect, test } from 'vitest';
import { draw } from '../../../extensions/fit-in-typescript/draw.ts';

const fit = { offset: 1, amplitude: 0, decay: 1, frequency: 1, phase: 0, residual: 0 };

test('as many points are drawn as a long table has', () => {
  const x = Array.from({ length: 300_000 }, (_, i) => i);
  expect(draw(x, x, fit, ['t', 'p']).match(/<circle/g)).toHaveLength(x.length);
});

test('points of one height have a place', () => {
  expect(draw([0, 1, 2], [1, 1, 1], fit, ['t', 'p'])).not.toContain('NaN');
});
