import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorCodes } from './error-codes.ts';

test('docs/api.md lists exactly the codes that there are', () => {
  const rows = [...readFileSync('docs/api.md', 'utf8').matchAll(/^\|\s*`([A-Z_]+)`\s*\|\s*(\d{3})\s*\|$/gm)];
  expect(Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]))).toEqual(errorCodes);
});
