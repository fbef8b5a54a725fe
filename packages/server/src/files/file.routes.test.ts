import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { leftOut } from '../testing/left-out.ts';
import { testContext } from '../testing/test-context.ts';
import { fileRoutes } from './file.routes.ts';
import { onRead, type ReadStep } from './file-steps.ts';
import { uploadFile } from './upload-file.ts';
import { UploadSlots } from './upload-slots.ts';

const OPEN_FILES = '/proc/self/fd';
const SIZES: [what: string, bytes: number][] = [
  ['one that is read at once', 100],
  ['one that is streamed', 200_000],
];

test.each(SIZES)(
  'of a file that is replaced while it is asked for, %s, what is sent is noted',
  async (_, size) => {
    const { ctx, uuid, url } = await serve();
    await put(ctx, uuid, randomBytes(size));
    const noted: string[] = [];
    onReadOf(uuid, async (_ctx, { sha256 }) => {
      noted.push(sha256);
      if (noted.length > 1) return;
      await put(ctx, uuid, randomBytes(size));
      await expect.poll(async () => (await Array.fromAsync(ctx.storage.list())).length).toBe(1);
    });
    const body = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(noted).toEqual([createHash('sha256').update(body).digest('hex')]);
  },
);

test.skipIf(leftOut(!existsSync(OPEN_FILES), 'reads that can not be noted', `there is no ${OPEN_FILES}`))(
  'what can not be noted is not sent, and closed',
  async () => {
    const { ctx, uuid, url } = await serve();
    await put(ctx, uuid, randomBytes(200_000));
    let open = 0;
    onReadOf(uuid, async () => {
      open = await openObjects(ctx);
      throw new Error('no');
    });
    expect((await fetch(url)).status).toBe(500);
    expect(open).toBe(1);
    await expect.poll(() => openObjects(ctx)).toBe(0);
  },
);

/** An experiment, and where its one file is. */
async function serve() {
  const ctx = await testContext('SQLite');
  const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
  const app = Fastify();
  onTestFinished(() => app.close());
  await fileRoutes(app, () => ctx, new UploadSlots(1));
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return { ctx, uuid, url: `${address}/api/files/${uuid}/data.bin` };
}

async function put(ctx: Context, uuid: string, bytes: Buffer): Promise<void> {
  const object = await ctx.storage.put(Readable.from([bytes]));
  await uploadFile(ctx, { uuid, name: 'data.bin', object });
}

/** Steps can't be taken back: one of another test does nothing here. */
function onReadOf(uuid: string, step: ReadStep): void {
  onRead(async (ctx, version) => {
    if (version.experimentUuid === uuid) await step(ctx, version);
  });
}

/** How many objects this process has open. */
async function openObjects({ config }: Context): Promise<number> {
  const targets = await Promise.all(
    (await readdir(OPEN_FILES)).map((fd) => readlink(join(OPEN_FILES, fd)).catch(() => '')),
  );
  // The storage keeps their folders open.
  return targets.filter((path) => path.startsWith(config.dataDir) && /\/objects\/\d+\/\w+$/.test(path))
    .length;
}
