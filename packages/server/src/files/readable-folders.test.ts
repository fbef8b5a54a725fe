import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import { removeExperiments } from '../experiments/remove-experiments.ts';
import { LocalStorage } from '../platform/storage/local-storage.ts';
import type { ReadableObjects } from '../platform/storage/storage.ts';
import { testContext } from '../testing/test-context.ts';
import { databases, temporaryFolder } from '../testing/test-database.ts';
import { readableFoldersAtRest } from './readable-folders.ts';
import { uploadFile } from './upload-file.ts';

const EXPERIMENTS = 12;
/** Half of what it takes to wait 150 ms for each of them. */
const SOON_MS = 900;

test('many experiments that are removed at once wait once for a slow disk, not each', async () => {
  const ctx = await testContext('SQLite');
  const made = await Promise.all(
    Array.from({ length: EXPERIMENTS }, () =>
      createExperiment(ctx, { title: 'x', description: '', tags: [] }),
    ),
  );
  for (const { uuid } of made)
    for (const name of ['a', 'b'])
      await uploadFile(ctx, {
        uuid,
        name,
        object: await ctx.storage.put(Readable.from([Buffer.from(name)])),
      });
  const { readable } = ctx.storage;
  const goesOn = Promise.withResolvers<void>();
  const slow = {
    ...readable,
    remove: (path: string, keys: readonly string[]) => goesOn.promise.then(() => readable.remove(path, keys)),
  };
  Object.defineProperty(ctx.storage, 'readable', { value: slow });

  const begin = performance.now();
  await removeExperiments(
    ctx,
    made.map(({ uuid }) => uuid),
  );
  expect(performance.now() - begin).toBeLessThan(SOON_MS);
  goesOn.resolve();
  await readableFoldersAtRest(ctx.db);
  for (const { eid } of made) expect(existsSync(join(ctx.config.experimentsDir, eid))).toBe(false);
});

describe.each(databases)('of a version that another server has replaced, on %s', (database) => {
  test.each(['replace', 'add'] as const)('a server that is late shows nothing: %s', async (step) => {
    const ctx = await testContext(database);
    const dataDir = await temporaryFolder();
    await symlink(join(ctx.config.dataDir, 'objects'), join(dataDir, 'objects'));
    // Each orders what it does itself, by its database.
    const other = { ...ctx, db: { ...ctx.db }, storage: await LocalStorage.open(dataDir, 0) };
    const goesOn = Promise.withResolvers<void>();
    const remove = other.storage.remove.bind(other.storage);
    other.storage.remove = (key) => goesOn.promise.then(() => remove(key));
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const put = async (server: typeof ctx, text: string) => {
      const object = await server.storage.put(Readable.from([Buffer.from(text)]));
      await uploadFile(server, { uuid, name: 'a.txt', object });
    };
    if (step === 'replace') await put(ctx, 'first');
    const { readable } = ctx.storage;
    let isLate = false;
    const later = async () => {
      if (isLate) return;
      isLate = true;
      await put(other, 'later');
    };
    const late: ReadableObjects = {
      ...readable,
      replace: async (...args) => {
        if (step === 'replace') await later();
        return readable.replace(...args);
      },
      add: async (...args) => {
        await later();
        return readable.add(...args);
      },
    };
    Object.defineProperty(ctx.storage, 'readable', { value: late });
    await put(ctx, 'late');
    goesOn.resolve();
    for (const { db } of [ctx, other]) await readableFoldersAtRest(db);
    expect(isLate).toBe(true);
    const folder = join(ctx.config.experimentsDir, eid);
    expect(readdirSync(folder)).toEqual(['a.txt']);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('later');
  });
});
