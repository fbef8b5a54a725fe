import { expect, test } from 'vitest';
import { parseOutputs } from './parse-outputs.ts';

function formulaOf(latex: string) {
  return parseOutputs([{ output_type: 'display_data', data: { 'text/latex': latex } }]);
}

test.each([
  ['$x$', 'x'],
  [' $$x + y$$\n', 'x + y'],
  ['x', 'x'],
  ['a$b$c', 'a$b$c'],
  ['$', ''],
  ['$$$$', ''],
])('a formula stands without its signs: %j', (latex, tex) => {
  expect(formulaOf(latex)).toEqual([{ kind: 'formula', tex }]);
});

test('many signs in a formula take no time', () => {
  const latex = `x${'$'.repeat(60_000)}x`;
  const start = performance.now();
  expect(formulaOf(latex)).toEqual([{ kind: 'formula', tex: latex }]);
  // They took seconds, and hours where there were more.
  expect(performance.now() - start).toBeLessThan(2000);
});
