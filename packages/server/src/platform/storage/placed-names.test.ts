import { chmod, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { PlacedNames } from './placed-names.ts';

const THEN = new Date('2025-03-01T12:00:00Z');

/** A read-only file, as our copies are. */
async function placed(): Promise<string> {
  const path = join(await temporaryFolder(), 'a.txt');
  await writeFile(path, 'ours', { mode: 0o444 });
  await utimes(path, THEN, THEN);
  return path;
}

describe('what was put under a readable name', () => {
  test('is known, for its own object', async () => {
    const path = await placed();
    const names = new PlacedNames();
    await names.note(path, 'key');
    expect(await names.isAt(path, 'key')).toBe(true);
    expect(await names.isAt(path, 'another')).toBe(false);
  });

  test('is not what somebody put there before it was looked at', async () => {
    const path = await placed();
    await chmod(path, 0o644);
    const names = new PlacedNames();
    await names.note(path, 'key');
    expect(await names.isAt(path, 'key')).toBe(false);
  });

  test.each([0o644, 0o444])('is not a later file that got its number, of mode %o', async (mode) => {
    const path = await placed();
    const names = new PlacedNames();
    await names.note(path, 'key');
    // As where a disk gives the number to the next file at once.
    await chmod(path, 0o644);
    await writeFile(path, 'theirs');
    if (mode === 0o644) await utimes(path, THEN, THEN);
    await chmod(path, mode);
    expect(await names.isAt(path, 'key')).toBe(false);
  });
});
