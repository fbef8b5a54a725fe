import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('docs/faults.md lists exactly the files that there are', () => {
  const listed = [...readFileSync('docs/faults.md', 'utf8').matchAll(/^\| `([\w-]+\.test\.ts)`/gm)];
  const files = readdirSync('e2e/src/faults').filter((name) => name.endsWith('.test.ts'));
  expect(listed.map(([, name]) => name).toSorted()).toEqual(files.toSorted());
});
