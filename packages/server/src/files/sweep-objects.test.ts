import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { lockAdoptions } from '../check/adoption-lock.ts';
import { check, newExperiment, put } from '../check/testing/installation.ts';
import { query } from '../platform/database/query.ts';
import { LocalStorage } from '../platform/storage/local-storage.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { compareLastChange, followLastChange } from './last-change.ts';
import { markOf } from './running-adoption.ts';
import { sweepObjects } from './sweep-objects.ts';
import { uploadFile } from './upload-file.ts';

const seeOther = query<{ id: string; at: number }>()(
  (_, p) => sql`insert into worker (id, home, seen_at) values (${p.id}, 'another', ${p.at})
    on conflict (id) do update set seen_at = excluded.seen_at`,
);
const forgetChanges = query()(() => sql`delete from event`);

type Installation = Awaited<ReturnType<typeof testContext>>;

afterEach(() => {
  vi.useRealTimers();
});

describe.each(databases)('what a start takes for left over, on %s', (database) => {
  test('is nothing that an adoption stores, be it suspended, until that has ended', async () => {
    const ctx = await testContext(database);
    const { dataDir } = ctx.config;
    const adopting = await LocalStorage.open(dataDir, 0);
    const mark = markOf(adopting.newKey().split('/')[1] ?? '');
    const lock = lockAdoptions(dataDir, mark);
    const { key } = await adopting.put(bytes('the adopted'));
    await writeFile(join(dataDir, 'objects/.incoming', `${mark}-1`), 'half of it');
    const other = await (await LocalStorage.open(dataDir, 0)).put(bytes('of a crash'));

    expect(await sweepLater(ctx)).toBe(1);
    expect(await ctx.storage.sizeOf(other.key)).toBeUndefined();
    expect(await ctx.storage.sizeOf(key)).toBe(11);
    expect(await readdir(join(dataDir, 'objects/.incoming'))).toEqual([`${mark}-1`]);
    // As the system does when it is killed.
    lock.release();
    expect(await sweepLater(ctx)).toBe(2);
    expect(await ctx.storage.sizeOf(key)).toBeUndefined();
  });

  test('is nothing that another server is about to record, as long as that is seen', async () => {
    const ctx = await testContext(database);
    const { dataDir } = ctx.config;
    const other = await LocalStorage.open(dataDir, 0);
    const { key } = await other.put(bytes('of a slow disk'));
    await writeFile(join(dataDir, 'objects/.incoming', `${other.mark}-1`), 'half of it');
    const beat = (secondsAgo: number) =>
      ctx.db.write((tx) =>
        tx.run(seeOther, { id: `${other.mark}-x`, at: (Date.now() - secondsAgo * 1000) * 1000 }),
      );
    await beat(5);
    // Nobody else works on an SQLite.
    expect(await sweepLater(ctx)).toBe(database === 'PostgreSQL' ? 0 : 2);
    await beat(300);
    expect(await sweepLater(ctx)).toBe(database === 'PostgreSQL' ? 2 : 0);
    expect(await ctx.storage.sizeOf(key)).toBeUndefined();
  });

  test('has no record afterwards: an upload that took long looks for its bytes', async () => {
    const ctx = await testContext(database);
    const { uuid } = await newExperiment(ctx);
    const object = { ...(await ctx.storage.put(bytes('of a slow disk'))), begunAt: Date.now() - 30_000 };
    await uploadFile(ctx, { uuid, name: 'kept', object });
    const late = { ...(await ctx.storage.put(bytes('of a slow disk'))), begunAt: Date.now() - 30_000 };
    await ctx.storage.remove(late.key);
    await expect(uploadFile(ctx, { uuid, name: 'late', object: late })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(await check(ctx)).toEqual([]);
  });

  test('is nothing while it can not be told whether an adoption runs', async () => {
    const ctx = await testContext(database);
    const { key } = await leftByCrash(ctx);
    const lock = join(ctx.config.dataDir, 'adopt.lock');
    await writeFile(lock, 'no file of SQLite, and longer than its header would be'.repeat(10));
    expect(await sweepLater(ctx)).toBe(0);
    expect(await ctx.storage.sizeOf(key)).toBe(10);
    await rm(lock);
    expect(await sweepLater(ctx)).toBe(1);
  });

  test('goes, though something else of it can not be removed', async () => {
    const ctx = await testContext(database);
    const { key } = await leftByCrash(ctx);
    const stubborn = join(ctx.config.dataDir, 'objects/20200101', 'a'.repeat(32));
    await mkdir(stubborn, { recursive: true });
    expect(await sweepLater(ctx)).toBe(1);
    expect(await ctx.storage.sizeOf(key)).toBeUndefined();
    expect(await readdir(stubborn)).toEqual([]);
  });

  test('is not what people put among the half-written bytes', async () => {
    const ctx = await testContext(database);
    const { dataDir } = ctx.config;
    const rescued = ['objects/.incoming/rescued.h5', 'objects/.parts/notes.txt'];
    const places = [...rescued, 'objects/.incoming/0123456789ab-1'].map((place) => join(dataDir, place));
    for (const place of places) await writeFile(place, 'precious');
    expect(await sweepLater(ctx)).toBe(1);
    expect(await readdir(join(dataDir, 'objects/.incoming'))).toEqual(['rescued.h5']);
    expect(await readdir(join(dataDir, 'objects/.parts'))).toEqual(['notes.txt']);
    const strangers = (await Array.fromAsync(ctx.storage.strangers())).toSorted();
    expect(strangers).toEqual(places.slice(0, 2));
  });

  test('is nothing that was stored before the database was another one', async () => {
    const ctx = await testContext(database);
    const { uuid } = await newExperiment(ctx);
    await put(ctx, uuid, 'a', 'a');
    await noteLastChange(ctx);
    const { key } = await leftByCrash(ctx);
    const part = 'a'.repeat(32);
    await ctx.storage.parts.begin(part, 1);
    const object = join(ctx.config.dataDir, 'objects', key);
    await asOfAnotherState(ctx);
    await compareLastChange(ctx);
    // Also at later starts, and where names of the object have gone since.
    for (let start = 1; start <= 2; start += 1) {
      await noteLastChange(ctx);
      await compareLastChange(ctx);
      const hourAgo = Date.now() / 1000 - 3600;
      await utimes(object, hourAgo, hourAgo);
      expect(await sweepLater(ctx)).toBe(0);
    }
    expect(await ctx.storage.sizeOf(key)).toBe(10);
    expect(await ctx.storage.parts.sizeOf(part)).toBe(0);
    const later = await leftByCrash(ctx);
    expect(await sweepLater(ctx)).toBe(1);
    expect(await ctx.storage.sizeOf(later.key)).toBeUndefined();
  });
});

function leftByCrash({ config }: Installation) {
  return LocalStorage.open(config.dataDir, 0).then((crashed) => crashed.put(bytes('of a crash')));
}

function bytes(text: string): Readable {
  return Readable.from([Buffer.from(text)]);
}

/** At a start when nothing is young any more. */
async function sweepLater(ctx: Installation): Promise<number> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  try {
    return await sweepObjects(ctx, ctx.storage, new AbortController().signal);
  } finally {
    vi.useRealTimers();
  }
}

async function noteLastChange(ctx: Installation): Promise<void> {
  await followLastChange(ctx, AbortSignal.abort());
}

/** As where an older copy of the database is put back and used: its last change is another one. */
async function asOfAnotherState({ db }: Installation): Promise<void> {
  await db.write((tx) => tx.run(forgetChanges, {}));
  await db.write((tx) => tx.appendEvent('installation.filled', 'of the other state'));
}
