import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import { uploadFile } from '../files/upload-file.ts';
import { testContext } from '../testing/test-context.ts';
import { recordedIn } from './check.queries.ts';
import { inspectReadableName } from './inspect-readable-name.ts';

/** It waits 5 s for a server that may be about to make the name right. */
const MOST_MS = 15_000;
const REPLACED_EVERY_MS = 1000;

test('a file that is replaced all the time, whose name is taken, is not waited for without end', async () => {
  const ctx = await testContext('SQLite');
  const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
  const folder = join(ctx.config.experimentsDir, eid);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'latest.csv'), 'of mine');
  const put = async (text: string) => {
    const object = await ctx.storage.put(Readable.from([Buffer.from(text)]));
    await uploadFile(ctx, { uuid, name: 'latest.csv', object });
  };
  await put('0');
  const [file] = await ctx.db.all(recordedIn, { eids: [eid] });
  if (!file) throw new Error('no file');

  const inspecting = inspectReadableName({ installation: ctx, isQuick: true }, file);
  let isOver = false;
  const over = inspecting.finally(() => {
    isOver = true;
  });
  const deadline = performance.now() + MOST_MS;
  for (let i = 1; !isOver && performance.now() < deadline; i += 1) {
    await put(String(i));
    await Promise.race([over, sleep(REPLACED_EVERY_MS)]);
  }
  expect(isOver).toBe(true);
  expect((await inspecting)?.name).toMatchObject({ is: 'other' });
}, 30_000);
