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
import { databases, type TestDatabase, temporaryFolder } from '../testing/test-database.ts';
import { deleteFiles } from './delete-files.ts';
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

describe.each(databases)('of a version that another server has replaced or deleted, on %s', (database) => {
  test.each(['replace', 'add'] as const)('a server that is late shows nothing: %s', async (step) => {
    const { ctx, other, folder, put, deleteFile, forgetOlder, interrupt } = await twoServers(database);
    if (step === 'replace') await put(ctx, 'first');
    interrupt({ before: step, by: () => put(other, 'later') });
    await put(ctx, 'late');
    await forgetOlder();
    await readableFoldersAtRest(ctx.db);
    expect(readdirSync(folder)).toEqual(['a.txt']);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('later');

    // Its bytes go between the name and the look at the record.
    await deleteFile(other);
    await forgetOlder();
    interrupt({ before: 'add', by: () => deleteFile(other), after: forgetOlder });
    await put(ctx, 'late');
    await readableFoldersAtRest(ctx.db);
    expect(existsSync(folder)).toBe(false);
  });
});

/** Two servers on one database and one disk, and a file. The other server removes bytes of older versions when it may. */
async function twoServers(database: TestDatabase) {
  const ctx = await testContext(database);
  const dataDir = await temporaryFolder();
  await symlink(join(ctx.config.dataDir, 'objects'), join(dataDir, 'objects'));
  // Each orders what it does itself, by its database.
  const other = { ...ctx, db: { ...ctx.db }, storage: await LocalStorage.open(dataDir, 0) };
  let mayRemove = Promise.withResolvers<void>();
  const remove = other.storage.remove.bind(other.storage);
  other.storage.remove = (key) => mayRemove.promise.then(() => remove(key));
  const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
  const { readable } = ctx.storage;
  return {
    ctx,
    other,
    folder: join(ctx.config.experimentsDir, eid),
    async put(server: typeof ctx, text: string) {
      const object = await server.storage.put(Readable.from([Buffer.from(text)]));
      await uploadFile(server, { uuid, name: 'a.txt', object });
    },
    deleteFile: (server: typeof ctx) => deleteFiles(server, uuid, ['a.txt']),
    async forgetOlder() {
      mayRemove.resolve();
      await readableFoldersAtRest(other.db);
      mayRemove = Promise.withResolvers();
    },
    /** Has the other server do something about the next step of the first one. */
    interrupt(moment: Interruption) {
      let isOver = false;
      const step: ReadableObjects['replace'] = async (key, path, older) => {
        const isNow = !isOver;
        isOver = true;
        if (isNow) await moment.by();
        const isShown = await readable[moment.before](key, path, older);
        if (isNow) await moment.after?.();
        return isShown;
      };
      const value: ReadableObjects = { ...readable, [moment.before]: step };
      Object.defineProperty(ctx.storage, 'readable', { value, configurable: true });
    },
  };
}

interface Interruption {
  readonly before: 'add' | 'replace';
  readonly by: () => Promise<unknown>;
  /** When the step is done. */
  readonly after?: () => Promise<void>;
}
