import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { placeByUuid } from '../experiments/experiment.queries.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { errorCodes } from '../platform/errors/error-codes.ts';
import { leftOut } from '../testing/left-out.ts';
import { testContext } from '../testing/test-context.ts';
import { databases, type TestDatabase } from '../testing/test-database.ts';
import { deleteFiles } from './delete-files.ts';
import { fileNames } from './file.queries.ts';
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

test.each(SIZES)(
  'a file that is replaced or deleted before it is opened, %s, is answered as it is then',
  async (_, size) => {
    const { ctx, uuid, url } = await serve();
    const { storage } = ctx;
    const { read, open } = storage;
    const beforeOpening = (change: () => Promise<void>) => {
      const changed = async () => {
        Object.assign(storage, { read, open });
        const old = await Array.fromAsync(storage.list());
        await change();
        const isThere = async () => (await storage.sizeOf(old[0]?.key ?? '')) !== undefined;
        await expect.poll(isThere).toBe(false);
      };
      storage.read = async (...asked) => changed().then(() => read.apply(storage, asked));
      storage.open = async (...asked) => changed().then(() => open.apply(storage, asked));
    };
    await put(ctx, uuid, randomBytes(size));
    const bytes = randomBytes(size);
    beforeOpening(() => put(ctx, uuid, Buffer.from(bytes)));
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
    beforeOpening(async () => void (await deleteFiles(ctx, uuid, ['data.bin'])));
    expect((await fetch(url)).status).toBe(404);
  },
);

test('a range is of what GET sends; HEAD tells of the whole file', async () => {
  const { ctx, uuid, url } = await serve();
  await put(ctx, uuid, Buffer.from('0123456789'));
  for (const range of ['bytes=2-4', 'bytes=20-']) {
    const answer = await fetch(url, { method: 'HEAD', headers: { range } });
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '10']);
    expect(answer.headers.get('content-range')).toBeNull();
  }
});

test.each(databases)(
  'who sees only some experiments has no way to the files of others, on %s',
  async (database) => {
    const { ctx, uuid, url } = await serve(database, (all) => ({
      ...all,
      viewer: { ...all.viewer, only: new Set<string>() },
    }));
    await put(ctx, uuid, Buffer.from('secret'));
    const place = url.slice(0, url.lastIndexOf('/'));
    const upload = new FormData();
    upload.set('file', new Blob(['x']), 'x');
    const json = { 'content-type': 'application/json' };
    const body = JSON.stringify({ file_list: ['data.bin'] });
    for (const answer of [
      await fetch(url),
      await fetch(url, { method: 'HEAD' }),
      await fetch(`${place}/other.bin`),
      await fetch(place.replace('/api/files/', '/api/zip/')),
      await fetch(`${place}/delete_files`, { method: 'POST', headers: json, body }),
      await fetch(place, { method: 'POST', headers: { 'x-file-name': 'data.bin' }, body: upload }),
    ]) {
      expect(answer.status, answer.url).toBe(404);
      expect(await answer.text()).not.toMatch(/file is not found|secret/);
      expect(answer.headers.get('etag')).toBeNull();
    }
    expect(
      await ctx.db.all(fileNames, { experimentId: (await ctx.db.first(placeByUuid, { uuid }))?.id ?? 0 }),
    ).toEqual([{ name: 'data.bin' }]);
  },
);

/** An experiment, and where its one file is; asked as somebody else where that is wanted. */
async function serve(database: TestDatabase = 'SQLite', as: (ctx: Context) => Context = (ctx) => ctx) {
  const ctx = await testContext(database);
  const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
  const app = Fastify();
  app.setErrorHandler((error, _, reply) => {
    const { code, message } = asAqueductError(error);
    return reply.code(errorCodes[code]).send({ detail: message });
  });
  onTestFinished(() => app.close());
  await fileRoutes(app, () => as(ctx), new UploadSlots(1));
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
