import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import { removeExperiments } from '../experiments/remove-experiments.ts';
import { testContext } from '../testing/test-context.ts';
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
