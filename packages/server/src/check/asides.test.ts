import { lstat, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Asides } from './asides.ts';
import type { Finding } from './finding.ts';
import { putAside } from './put-aside.ts';
import { handPut, replaceByHand } from './testing/installation.ts';

describe('a file that is put aside', () => {
  test('goes when its name shows the object', async () => {
    const path = await handPut('as it was');
    expect(await takeAway(path, () => writeFile(path, 'object'))).toBeUndefined();
    expect(await contents(path)).toEqual({ 'data.csv': 'object' });
  });

  test('comes back when it was another one by then', async () => {
    const path = await handPut('as it was');
    const recorded = await lstat(path, { bigint: true });
    await replaceByHand(path, 'replaced in the last moment');
    expect(await putAside(path, recorded, () => Promise.reject(new Error('not shown')))).toBe(path);
    expect(await contents(path)).toEqual({ 'data.csv': 'replaced in the last moment' });
  });

  test('stays while a program has it open, though it has written nothing more', async () => {
    const path = await handPut('as it was');
    const program = await open(path, 'a');
    const aside = await takeAway(path, () => writeFile(path, 'object'));
    await program.write(', and more');
    await program.close();
    expect(aside?.text).toContain(`process ${process.pid} (`);
    expect(await readFile(aside?.path ?? '', 'utf8')).toBe('as it was, and more');
    expect(await readFile(path, 'utf8')).toBe('object');
  });

  test('stays when a program that had it open went on writing', async () => {
    const path = await handPut('as it was');
    const program = await open(path, 'a');
    const aside = await takeAway(path, async () => {
      await program.write(', and more');
      await program.close();
      await writeFile(path, 'object');
    });
    expect(aside?.text).toContain('somebody has written to it');
    expect(await readFile(aside?.path ?? '', 'utf8')).toBe('as it was, and more');
    expect(await readFile(path, 'utf8')).toBe('object');
  });
});

/** Puts a file aside and removes it; what is said of it where it stays. */
async function takeAway(path: string, showObject: () => Promise<void>): Promise<Finding | undefined> {
  const stays: Finding[] = [];
  const asides = new Asides((finding) => stays.push(finding));
  const aside = await putAside(path, await lstat(path, { bigint: true }), showObject);
  if (typeof aside !== 'string') await asides.add(aside);
  await asides.removeAll();
  return stays[0];
}

async function contents(path: string): Promise<Record<string, string>> {
  const folder = join(path, '..');
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}
