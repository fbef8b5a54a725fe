import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const DIST = fileURLToPath(new URL('../../packages/cli/dist', import.meta.url));

test('the text of the command takes one byte for each character in memory: two, where a single one is not of Latin-1', () => {
  const files = globSync(`${DIST}/*.js`);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const [other] = /[^\0-\xff]/u.exec(readFileSync(file, 'utf8')) ?? [];
    expect(other, `${file} has it in a template, where it is not escaped`).toBeUndefined();
  }
});
