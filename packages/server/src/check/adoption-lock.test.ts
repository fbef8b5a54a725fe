import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { markOf } from '../files/running-adoption.ts';
import { LocalStorage } from '../platform/storage/local-storage.ts';
import { testContext } from '../testing/test-context.ts';
import { databases, temporaryFolder } from '../testing/test-database.ts';
import { lockAdoptions } from './adoption-lock.ts';
import { anHourLater, check } from './testing/installation.ts';

test('one adoption at a time takes the lock, and another learns who has it', async () => {
  const dataDir = await temporaryFolder();
  const lock = lockAdoptions(dataDir, 'first');
  expect(() => lockAdoptions(dataDir, 'second')).toThrow(`(process ${process.pid}) is at work`);
  lock.finish();
  lock.release();
  lockAdoptions(dataDir, 'third').release();
});

test('a lock that is damaged is named, and what to do', async () => {
  const dataDir = await temporaryFolder();
  const path = join(dataDir, 'adopt.lock');
  await writeFile(path, 'no database'.repeat(100));
  expect(() => lockAdoptions(dataDir, 'any')).toThrow(`The lock ${path} can't be taken`);
  expect(() => lockAdoptions(dataDir, 'any')).toThrow('remove it');
});

describe.each(databases)('an adoption, on %s', (database) => {
  test('removes what an interrupted one had stored and not recorded, once that is old', async () => {
    const ctx = await testContext(database);
    const { dataDir } = ctx.config;
    // Another process, that was killed.
    const storage = await LocalStorage.open(dataDir, 0);
    const mark = markOf(basename(storage.newKey()));
    const another = '0123456789ab-1';
    lockAdoptions(dataDir, mark).release();
    const { key } = await storage.put(Readable.from([Buffer.from('stored')]));
    await writeFile(join(dataDir, 'objects/.incoming', `${mark}-1`), 'half');
    await writeFile(join(dataDir, 'objects/.incoming', another), 'of an upload');

    const lock = lockAdoptions(dataDir, 'this-process');
    expect(lock.interrupted).toEqual(new Set([mark]));
    expect(await check(ctx, { adopter: ctx, lock })).toEqual([]);
    expect(await readdir(join(dataDir, 'objects/.incoming'))).toEqual([another]);
    lock.finish();
    lock.release();
    expect(await check(anHourLater(ctx))).toContain(`extra objects/${key}`);

    const next = lockAdoptions(dataDir, 'the-next');
    expect(next.interrupted).toEqual(new Set([mark]));
    expect(await check(anHourLater(ctx), { adopter: ctx, lock: next })).toEqual([
      `leftover ${join(dataDir, 'objects/.incoming', another)}`,
    ]);
    expect(await ctx.storage.sizeOf(key)).toBeUndefined();
    next.finish();
    next.release();
    const last = lockAdoptions(dataDir, 'the-last');
    expect(last.interrupted).toEqual(new Set());
    last.release();
  });
});
