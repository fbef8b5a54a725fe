import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { databaseId } from '../access/database-id.ts';
import { newExperiment, objectsOf, put } from '../check/testing/installation.ts';
import { query } from '../platform/database/query.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { LocalStorage } from '../platform/storage/local-storage.ts';
import type { Storage } from '../platform/storage/storage.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { claimFolder } from './claim-folder.ts';
import { recoverFiles } from './recover-files.ts';

type Installation = Awaited<ReturnType<typeof testContext>>;

describe.each(databases)('a start, on %s', (database) => {
  test('without the disk of the objects says so once, and does its work when it is back', async () => {
    const ctx = await testContext(database);
    const { dataDir } = ctx.config;
    const { uuid, eid } = await newExperiment(ctx);
    await put(ctx, uuid, 'data.csv', 'data');
    const shown = join(ctx.config.experimentsDir, eid, 'data.csv');
    await rm(shown);
    await claimFolder(ctx, ctx.storage);
    await ctx.storage.databases.add(await databaseId(ctx));
    await rename(join(dataDir, 'objects'), join(dataDir, 'away'));
    await mkdir(join(dataDir, 'objects'));

    const storage = await LocalStorage.open(dataDir, 0, true);
    const { services, errors, stop } = start({ ...ctx, storage });
    await expect.poll(() => errors).toEqual([expect.stringContaining('its disk is not there')]);
    await expect(put(services, uuid, 'new.csv', 'new')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await rm(join(dataDir, 'objects'), { recursive: true });
    await rename(join(dataDir, 'away'), join(dataDir, 'objects'));
    await put(services, uuid, 'new.csv', 'new');
    await expect.poll(() => existsSync(shown), { timeout: 10_000 }).toBe(true);
    await stop();
    expect(errors).toHaveLength(1);
  });

  test('beside a database that goes away does its work when that is back', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await newExperiment(ctx);
    await put(ctx, uuid, 'data.csv', 'data');
    const shown = join(ctx.config.experimentsDir, eid, 'data.csv');
    await rm(shown);
    const earlier = await LocalStorage.open(ctx.config.dataDir, 0);
    const { key } = await earlier.put(Readable.from([Buffer.from('without a row')]));
    // By then, that is old.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    onTestFinished(() => void vi.useRealTimers());

    let isAway = true;
    const all: typeof ctx.db.all = async (query, params) => {
      if (isAway) throw new AqueductError('UNAVAILABLE', 'The database is away.');
      return ctx.db.all(query, params);
    };
    const { stop } = start({ ...ctx, db: { ...ctx.db, all } });
    await sleep(100);
    isAway = false;
    await expect.poll(() => existsSync(shown)).toBe(true);
    await expect.poll(() => ctx.storage.sizeOf(key)).toBe(undefined);
    await stop();
  });

  test('that is the first, and whose database goes away just then, has its folder all the same', async () => {
    const ctx = await testContext(database);
    let isAway = true;
    const first: typeof ctx.db.first = async (query, params) => {
      if (isAway) throw new AqueductError('UNAVAILABLE', 'The database is away.');
      return ctx.db.first(query, params);
    };
    const { errors, stop } = start({ ...ctx, db: { ...ctx.db, first } });
    await sleep(100);
    isAway = false;
    await expect.poll(async () => (await ctx.storage.databases.ids()).size).toBe(1);
    const { uuid, eid } = await newExperiment(ctx);
    await put(ctx, uuid, 'data.csv', 'data');
    await expect.poll(() => existsSync(join(ctx.config.experimentsDir, eid, 'data.csv'))).toBe(true);
    await stop();
    expect(errors).toEqual([]);
  });

  test('reports bytes that are missing, but not those of a file that was replaced meanwhile', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await newExperiment(ctx);
    for (const name of ['replaced', 'missing']) await put(ctx, uuid, name, name);
    const objects = await objectsOf(ctx, eid);
    await rm(join(ctx.config.experimentsDir, eid), { recursive: true });
    await rm(objects.get('missing') ?? '');
    const replaced = objects.get('replaced') ?? '';
    // Once its row was read, and before its bytes are looked for.
    const storage = withSizesAfter(ctx.storage, async (key) => {
      if (!replaced.endsWith(key)) return;
      await put(ctx, uuid, 'replaced', 'by another');
      await expect.poll(() => existsSync(replaced)).toBe(false);
    });
    const { errors, stop } = start(ctx, storage);
    await expect.poll(() => errors).toHaveLength(1);
    await expect.poll(() => existsSync(replaced)).toBe(false);
    await stop();
    expect(errors).toEqual(['missing: the bytes of a file are missing; its record is kept']);
  });

  test('that can not look at the bytes of one file makes the names of the others', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await newExperiment(ctx);
    for (const name of ['bad', 'good']) await put(ctx, uuid, name, name);
    const folder = join(ctx.config.experimentsDir, eid);
    const bad = (await objectsOf(ctx, eid)).get('bad') ?? '';
    await rm(folder, { recursive: true });
    const storage = withSizesAfter(ctx.storage, async (key) => {
      if (bad.endsWith(key)) throw new AqueductError('UNAVAILABLE', 'The disk is bad.');
    });
    const { errors, stop } = start(ctx, storage);
    await expect.poll(() => readdir(folder).catch(() => [])).toEqual(['good']);
    await stop();
    expect(errors).toEqual(['bad: the bytes of a file could not be looked at']);
  });

  test('whose disk of bytes goes away in the middle takes none for missing, and makes the names when it is back', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await newExperiment(ctx);
    await put(ctx, uuid, 'data.csv', 'data');
    const shown = join(ctx.config.experimentsDir, eid, 'data.csv');
    await rm(shown);
    const objects = join(ctx.config.dataDir, 'objects');
    let looks = 0;
    const storage = withSizesAfter(ctx.storage, async () => {
      looks += 1;
      if (looks === 1) await rename(objects, `${objects}.away`);
    });
    const { errors, stop } = start(ctx, storage);
    await expect.poll(() => looks).toBe(1);
    await sleep(100);
    await rename(`${objects}.away`, objects);
    await expect.poll(() => existsSync(shown)).toBe(true);
    await stop();
    expect(errors).toEqual([]);
  });

  test('removes what stands behind many bytes that can not be removed', async () => {
    const ctx = await testContext(database);
    const { eid } = await newExperiment(ctx);
    const objects = join(ctx.config.dataDir, 'objects');
    await mkdir(join(objects, '20260101'));
    const keyOf = (number: number) => `20260101/${String(number).padStart(32, '0')}`;
    const last = keyOf(0);
    await writeFile(join(objects, last), 'removed by somebody');
    await ctx.db.write(async (tx) => {
      for (let i = 100; i < 700; i += 1) {
        // What is no file, nobody removes as one.
        await mkdir(join(objects, keyOf(i)));
        await tx.run(doom, { key: keyOf(i), path: `${eid}/${i}` });
      }
      await tx.run(doom, { key: last, path: `${eid}/last` });
    });
    const { stop } = start(ctx);
    await expect.poll(() => existsSync(join(objects, last)), { timeout: 10_000 }).toBe(false);
    await stop();
  });

  test('that can not read the last change makes the names all the same', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await newExperiment(ctx);
    await put(ctx, uuid, 'data.csv', 'data');
    const shown = join(ctx.config.experimentsDir, eid, 'data.csv');
    await rm(shown);
    await mkdir(join(ctx.config.dataDir, 'last-change'));
    const { stop } = start(ctx);
    await expect.poll(() => existsSync(shown)).toBe(true);
    await expect(stop()).rejects.toMatchObject({ code: 'EISDIR' });
  });
});

/** Begins what a start does, and notes what it logs as errors. */
const doom = query<{ key: string; path: string }>()(
  (_, p) =>
    sql`insert into doomed_object (object_key, readable_path, doomed_at) values (${p.key}, ${p.path}, 0)`,
);

function start(ctx: Installation, storage: Storage = ctx.storage) {
  const errors: string[] = [];
  const error = ({ name }: { name?: string }, text: string) =>
    void errors.push(name === undefined ? text : `${name}: ${text}`);
  const services = { ...ctx, storage, log: Object.assign(Object.create(ctx.log), { error }) };
  const stopping = new AbortController();
  const recovery = recoverFiles(services, ctx.storage, stopping.signal);
  // It may fail before somebody stops it, and sees that.
  recovery.catch(() => undefined);
  const stop = async () => {
    stopping.abort();
    await recovery;
  };
  return { services, errors, stop };
}

/** The same storage; something happens before it gives the size of an object. */
function withSizesAfter(storage: Storage, happens: (key: string) => Promise<void>): Storage {
  return new Proxy(storage, {
    get(target, name) {
      if (name === 'sizeOf') return (key: string) => happens(key).then(() => target.sizeOf(key));
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
