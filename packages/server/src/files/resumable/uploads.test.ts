import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Scope } from '@aqueduct/contract';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../access/context.ts';
import { createExperiment } from '../../experiments/create-experiment.ts';
import { findExperiment } from '../../experiments/find-experiment.ts';
import { removeExperiment } from '../../experiments/remove-experiment.ts';
import { query } from '../../platform/database/query.ts';
import { AqueductError } from '../../platform/errors/aqueduct-error.ts';
import { LocalStorage } from '../../platform/storage/local-storage.ts';
import { testContext } from '../../testing/test-context.ts';
import { databases, temporaryFolder } from '../../testing/test-database.ts';
import { knownObjects } from '../file.queries.ts';
import { findFile } from '../find-file.ts';
import { findFiles } from '../find-files.ts';
import { readableFoldersAtRest } from '../readable-folders.ts';
import { recoverFiles } from '../recover-files.ts';
import { appendUpload } from './append-upload.ts';
import { beginUpload, newUploadId } from './begin-upload.ts';
import { discardUpload } from './discard-upload.ts';
import { findUpload, type UploadRow } from './find-upload.ts';
import { finishUpload } from './finish-upload.ts';
import { sweepParts, sweepUploads } from './sweep-uploads.ts';
import { handOver, uploadById } from './upload.queries.ts';

const touch = query<{ id: string; at: number }>()((db, p) =>
  db.updateTable('upload').set({ touched_at: p.at }).where('id', '=', p.id),
);

/** What takes the row of an upload away. */
const endings: Record<string, (ctx: Context, upload: UploadRow) => Promise<void>> = {
  'its sender': (ctx, { id }) => discardUpload(ctx, id),
  'the removal of its experiment': (ctx, { experiment_uuid }) => removeExperiment(ctx, experiment_uuid),
  async 'the sweep'(ctx, { id }) {
    await ctx.db.write((tx) => tx.run(touch, { id, at: 0 }));
    await sweepUploads(ctx);
  },
};

describe.each(databases)('uploads in pieces, on %s', (database) => {
  test('of which nothing comes any more are discarded, with their bytes; others stay', async () => {
    const ctx = await testContext(database);
    const [stale, fresh] = [await begun(ctx), await begun(ctx)];
    const days = ctx.config.unfinishedUploadDays;
    for (const [id, age] of [
      [stale, days + 0.01],
      [fresh, days - 0.01],
    ] as const)
      await ctx.db.write((tx) => tx.run(touch, { id, at: Math.round(ctx.clock.now() - age * 86_400e6) }));
    await sweepUploads(ctx);
    await expect(findUpload(ctx, stale)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await findUpload(ctx, fresh)).received).toBe(3);
    expect((await Array.fromAsync(ctx.storage.parts.list())).map(({ id }) => id)).toEqual([fresh]);
  });

  test('that can not be begun fail for the first reason, also where their part can not be removed', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const id = newUploadId();
    const part = join(ctx.config.dataDir, 'objects/.parts', id);
    const full = new AqueductError('DISK_FULL', 'The disk is full.');
    const write = async () => {
      await rm(part);
      // What is no file, nobody removes as one.
      await mkdir(part);
      throw full;
    };
    const metadata = { filename: 'a.txt', experiment: uuid };
    const failing = { ...ctx, db: { ...ctx.db, write } };
    await expect(beginUpload(failing, { id, size: 6, metadata })).rejects.toBe(full);
  });

  test('parts that no upload waits for are removed, once they are not young', async () => {
    const ctx = await testContext(database);
    const [waiting, lost] = [await begun(ctx), newUploadId()];
    await ctx.storage.parts.begin(lost, 1);
    const parts = async () => (await Array.fromAsync(ctx.storage.parts.list())).map(({ id }) => id);
    expect(await sweepParts(ctx, { behind: 0, until: Date.now() - 20_000 })).toBe(0);
    expect((await parts()).toSorted()).toEqual([waiting, lost].toSorted());
    const soon = Date.now() + 1000;
    expect(await sweepParts(ctx, { behind: soon, until: soon })).toBe(0);
    expect(await sweepParts(ctx, { behind: 0, until: soon })).toBe(1);
    expect(await parts()).toEqual([waiting]);
  });

  test('whose bytes are missing must begin anew', async () => {
    const ctx = await testContext(database);
    const id = await begun(ctx);
    await rm(join(ctx.config.dataDir, 'objects/.parts', id));
    await expect(findUpload(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('that become a file while somebody asks for them stay', async () => {
    const ctx = await testContext(database);
    const id = await begun(ctx);
    const upload = await findUpload(ctx, id);
    const { parts } = ctx.storage;
    const sizeOf = parts.sizeOf.bind(parts);
    // Between the reading of the row and the look at the part.
    parts.sizeOf = async () => {
      parts.sizeOf = sizeOf;
      await appendUpload(ctx, upload, Readable.from([Buffer.from('def')]));
      return sizeOf(id);
    };
    expect(await findUpload(ctx, id)).toMatchObject({ is_finished: 1 });
  });

  test('that could not become a file do so later, without their bytes being sent again', async () => {
    const ctx = await testContext(database);
    const { id, ...upload } = await sealed(ctx);
    expect(upload).toMatchObject({ received: 3, is_finished: 0 });
    expect(await ctx.db.all(knownObjects, { keys: [upload.object_key ?? ''] })).toHaveLength(1);
    const sha256 = createHash('sha256').update('abcdef').digest('hex');
    expect(await finishUpload(ctx, id)).toBe(sha256);
    // Again: the answer may have been lost.
    expect(await finishUpload(ctx, id)).toBe(sha256);
    const experiment = await findExperiment(ctx, { type: 'UUID', value: upload.experiment_uuid });
    expect(await findFiles(ctx, experiment)).toMatchObject([{ name: 'a.txt', size: 6, sha256 }]);
  });

  test.each(Object.entries(endings))(
    'ended by %s leave no object behind, whatever happens then',
    async (_, end) => {
      const ctx = await testContext(database);
      const upload = await sealed(ctx);
      const key = upload.object_key ?? '';
      await ctx.storage.parts.keep(upload.id, key);
      const path = join(ctx.config.dataDir, 'objects', key);
      // It can not be removed, as where the server dies behind the commit.
      await rm(path);
      await mkdir(path);
      await end(ctx, upload);
      await readableFoldersAtRest(ctx.db);
      await expect(findUpload(ctx, upload.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const known = () => ctx.db.all(knownObjects, { keys: [key] });
      expect(await known()).toHaveLength(1);

      await rmdir(path);
      await writeFile(path, 'abcdef');
      const stopping = new AbortController();
      const recovery = recoverFiles(ctx, ctx.storage, stopping.signal);
      await expect.poll(known).toEqual([]);
      expect(await ctx.storage.sizeOf(key)).toBeUndefined();
      stopping.abort();
      await recovery;
    },
  );

  test('go on at another server: what the one before still gets is dropped, and the bytes are right', async () => {
    const ctx = await testContext(database);
    const other = await otherServer(ctx);
    const id = await begun(ctx);
    const { source, stalls, goOn } = halfDead('d', 'XY');
    const first = appendUpload(ctx, await findUpload(ctx, id), source);
    const refused = expect(first).rejects.toMatchObject({ code: 'CONFLICT' });
    await stalls;
    const { end } = await appendUpload(
      other,
      await findUpload(other, id),
      Readable.from([Buffer.from('de')]),
    );
    expect(end).toBe(5);
    goOn();
    await refused;
    expect((await findUpload(ctx, id)).received).toBe(5);
    const last = await appendUpload(other, await findUpload(other, id), Readable.from([Buffer.from('f')]));
    expect(last.sha256).toBe(createHash('sha256').update('abcdef').digest('hex'));
    const experiment = await findExperiment(ctx, {
      type: 'UUID',
      value: (await findUpload(ctx, id)).experiment_uuid,
    });
    const [file] = await findFiles(ctx, experiment);
    expect(file).toMatchObject({ size: 6, sha256: last.sha256 });
    const { object_key: key } = await findFile(ctx, experiment.uuid, 'a.txt');
    expect((await ctx.storage.read(key, { start: 0, end: 5 })).toString()).toBe('abcdef');
    expect(await ctx.storage.sizeOf(key)).toBe(6);
  });

  test('finished at another server are finished, whatever the one before still gets', async () => {
    const ctx = await testContext(database);
    const other = await otherServer(ctx);
    const id = await begun(ctx);
    const upload = await findUpload(ctx, id);
    const { source, stalls, goOn } = halfDead('X', 'YZ');
    const first = appendUpload(ctx, upload, source);
    const refused = expect(first).rejects.toMatchObject({ code: 'CONFLICT' });
    await stalls;
    await appendUpload(other, await findUpload(other, id), Readable.from([Buffer.from('def')]));
    goOn();
    await refused;
    const { object_key: key } = await findFile(ctx, upload.experiment_uuid, 'a.txt');
    expect((await ctx.storage.read(key, { start: 0, end: 5 })).toString()).toBe('abcdef');
    expect(await ctx.storage.sizeOf(key)).toBe(6);
  });

  test('wait only once for a database that does not answer', { timeout: 20_000 }, async () => {
    const ctx = await testContext(database);
    const id = await begun(ctx);
    const upload = await findUpload(ctx, id);
    const { promise: answers, resolve: answer } = Promise.withResolvers<void>();
    let silent: Promise<void> | undefined;
    async function* source() {
      silent = ctx.db.write(() => answers);
      silent.catch(() => undefined);
      yield Buffer.from('d');
    }
    const begin = performance.now();
    await expect(appendUpload(ctx, upload, source())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(performance.now() - begin).toBeLessThan(5500);
    answer();
    await silent?.catch(() => undefined);
    await expect.poll(async () => (await findUpload(ctx, id)).writer).toBe(null);
  });

  test('whose taking over was interrupted are taken over again', async () => {
    const ctx = await testContext(database);
    const other = await otherServer(ctx);
    const id = await begun(ctx);
    const { received } = await findUpload(ctx, id);
    for (const to of ['gone', 'other takes over'])
      await ctx.db.write(async (tx) => {
        const from = (await tx.first(uploadById, { id }))?.writer ?? null;
        expect(await tx.run(handOver, { id, received, from, to })).toBe(1);
      });
    // A row that was read before is no ground to go on from.
    const stale = { ...(await findUpload(other, id)), received: 1 };
    await expect(appendUpload(other, stale, Readable.from([Buffer.from('def')]))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const { sha256 } = await appendUpload(
      other,
      await findUpload(other, id),
      Readable.from([Buffer.from('def')]),
    );
    expect(sha256).toBe(createHash('sha256').update('abcdef').digest('hex'));
  });

  test('take the SHA-256 that was announced in capitals, too', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const id = newUploadId();
    const sha256 = createHash('sha256').update('abc').digest('hex');
    const metadata = { filename: 'a.txt', experiment: uuid, sha256: sha256.toUpperCase() };
    await beginUpload(ctx, { id, size: 3, metadata });
    const appended = await appendUpload(ctx, await findUpload(ctx, id), Readable.from([Buffer.from('abc')]));
    expect(appended).toEqual({ end: 3, sha256 });
  });

  test('are nobody else’s', async () => {
    const ctx = await testContext(database);
    const id = await begun(ctx);
    const other = { ...ctx, viewer: { ...ctx.viewer, uuid: randomUUID() } };
    await expect(findUpload(other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const narrowed = { ...ctx, viewer: { ...ctx.viewer, only: new Set<string>() } };
    await expect(findUpload(narrowed, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const reader = { ...ctx.viewer, scopes: new Set<Scope>(['experiment::view::all']) };
    await expect(findUpload({ ...ctx, viewer: reader }, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

async function begun(ctx: Context): Promise<string> {
  const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
  const id = newUploadId();
  await beginUpload(ctx, { id, size: 6, metadata: { filename: 'a.txt', experiment: uuid } });
  await appendUpload(ctx, await findUpload(ctx, id), Readable.from([Buffer.from('abc')]));
  return id;
}

/** An upload whose bytes are all there, and could not become a file. */
async function sealed(ctx: Context): Promise<UploadRow> {
  const id = await begun(ctx);
  // Where the folder of the day should be.
  const day = join(ctx.config.dataDir, 'objects', ctx.storage.newKey().slice(0, 8));
  await writeFile(day, 'in the way');
  const rest = Readable.from([Buffer.from('def')]);
  await expect(appendUpload(ctx, await findUpload(ctx, id), rest)).rejects.toThrow();
  await rm(day);
  return findUpload(ctx, id);
}

/** A line that brings the rest when everybody believes it dead. */
function halfDead(first: string, rest: string) {
  const { promise: later, resolve: goOn } = Promise.withResolvers<void>();
  const { promise: stalls, resolve: isStalled } = Promise.withResolvers<void>();
  async function* bytes() {
    yield Buffer.from(first);
    isStalled();
    await later;
    yield Buffer.from(rest);
  }
  return { source: bytes(), stalls, goOn };
}

/** Another server on the same database and the same disk. */
async function otherServer(ctx: Context): Promise<Context> {
  const dataDir = await temporaryFolder();
  await symlink(join(ctx.config.dataDir, 'objects'), join(dataDir, 'objects'));
  return {
    ...ctx,
    home: 'other',
    storage: await LocalStorage.open(dataDir, 0),
    config: { ...ctx.config, dataDir },
  };
}
