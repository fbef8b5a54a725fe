import { lstat, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

  test('stays when what was written is no longer than before', async () => {
    const path = await handPut('as it was');
    const program = await open(path, 'r+');
    const aside = await takeAway(path, async () => {
      // Clocks of disks go in steps.
      await sleep(20);
      await program.write('is', 0);
      await program.close();
      await writeFile(path, 'object');
    });
    expect(aside?.text).toContain('somebody has written to it');
    expect(await readFile(aside?.path ?? '', 'utf8')).toBe('is it was');
  });

  test('comes back when its bytes are not in the storage any more', async () => {
    const path = await handPut('the only copy');
    const needed = await takeAway(path, () => Promise.resolve(), false);
    expect(needed).toMatchObject({
      kind: 'failed',
      path,
      text: expect.stringContaining('it stays. Run this'),
    });
    expect(await contents(path)).toEqual({ 'data.csv': 'the only copy' });
  });

  test('stays as it is when its bytes are not in the storage any more, and its name is taken', async () => {
    const path = await handPut('the only copy');
    const needed = await takeAway(path, () => writeFile(path, 'another'), false);
    expect(await readFile(needed?.path ?? '', 'utf8')).toBe('the only copy');
    expect(needed?.text).toContain(`it stays as ${basename(needed?.path ?? '')}`);
    expect(await readFile(path, 'utf8')).toBe('another');
  });
});

/** Puts a file aside and removes it, when its bytes are stored or are not; what is said of it where it stays. */
async function takeAway(
  path: string,
  showObject: () => Promise<void>,
  isStored = true,
): Promise<Finding | undefined> {
  const stays: Finding[] = [];
  const asides = new Asides((finding) => stays.push(finding));
  const aside = await putAside(path, await lstat(path, { bigint: true }), showObject);
  if (typeof aside !== 'string') await asides.add(aside, () => Promise.resolve(isStored));
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
