import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create, graphql, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { append, begun, offsetOf } from '../uploads/tus.ts';
import { sha256, verifyInstallation } from '../verify-installation.ts';
import { expectClean } from './expect-clean.ts';
import { askToCreate, expectRefused } from './expect-refused.ts';
import { KnownWrites } from './known-writes.ts';
import { fileThread, ONE_FILE_THREAD, watchCalls } from './strace.ts';
import { canProvoke } from './tools.ts';

/** More than one piece, so that pieces are written together. */
const FILE_BYTES = 3_000_000;

const RENAME = '?rename,?renameat,?renameat2';

/** Calls of the thread that writes files, and what an upload answers when they fail. */
const FILE_FAULTS = [
  ['the file’s fsync', 'fdatasync', 'EIO', 503],
  ['the folder’s fsync', 'fsync', 'EIO', 503],
  ['the write', 'writev', 'EIO', 503],
  ['the write, for want of room', 'writev', 'ENOSPC', 507],
  ['the write, at a quota', 'writev', 'EDQUOT', 507],
  ['the rename', RENAME, 'EIO', 503],
  ['the rename, for want of room', RENAME, 'ENOSPC', 507],
  ['the rename, on a disk that became read-only', RENAME, 'EROFS', 503],
  ['the rename, on a disk that its server gave out anew', RENAME, 'ESTALE', 503],
  ['the rename, on a disk that is found to be damaged', RENAME, 'EUCLEAN', 503],
] as const;

/** Calls of SQLite, and what each write answers when they fail. */
const DATABASE_FAULTS = [
  ['the commit’s fsync', 'fsync,fdatasync', 'EIO', 503],
  ['the write', 'pwrite64', 'EIO', 503],
  ['the write, for want of room', 'pwrite64', 'ENOSPC', 507],
] as const;

describe.runIf(canProvoke('disks that fail at fsync, write or rename', 'strace'))('a disk that fails', () => {
  test.each(FILE_FAULTS)(
    'at %s (%s: %s): no false success, and nothing is left',
    async (_, calls, error, status) => {
      const { server, uuid, old } = await serverWithFile();
      const thread = await fileThread(server.child.pid);
      const watch = await watchCalls(thread, { calls, fault: `error=${error}:when=1` });
      await expectRefused(await upload(server.url, uuid, 'data.bin', randomBytes(FILE_BYTES)), status);
      await watch.stop();

      await old.expectKept(server.url);
      expect(await verifyInstallation(server.dataDir, undefined)).toEqual([]);
      await expectWorks(server, uuid);
    },
  );

  test('at the folder’s fsync of an upload in pieces: another try moves it again, so that its fsync counts', async () => {
    const { server, uuid } = await serverWithFile();
    const bytes = randomBytes(FILE_BYTES);
    const pieces = await begun(server.url, uuid, 'pieces.bin', bytes.length);
    const thread = await fileThread(server.child.pid);
    const watch = await watchCalls(thread, { calls: 'fsync', fault: 'error=EIO:when=1' });
    await expectRefused(await append(pieces, 0, bytes), 503);
    await watch.stop();
    // Not among the objects: nothing tells whether its name there is on the disk.
    expect(await readdir(join(server.dataDir, 'objects/.parts'))).toHaveLength(1);

    expect(await offsetOf(pieces)).toBe(bytes.length);
    const answer = await fetch(`${server.url}/api/files/${uuid}/pieces.bin`);
    expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(sha256(bytes));
    expect(await readdir(join(server.dataDir, 'objects/.parts'))).toEqual([]);
  });

  test('at the fsync of the folder of a new day: another try makes it again', async () => {
    // The first start has files of its own to sync, beside the requests.
    const { dataDir, stop } = await startServer();
    await expect.poll(() => readFile(join(dataDir, 'databases'), 'utf8').catch(() => '')).not.toBe('');
    await stop();
    const server = await startServer({ dataDir, env: ONE_FILE_THREAD });
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    const { uuid } = await create(server.url, 'x');
    const thread = await fileThread(server.child.pid);
    const watch = await watchCalls(thread, { calls: 'fsync', fault: 'error=EIO:when=1' });
    await expectRefused(await upload(server.url, uuid, 'data.bin', randomBytes(FILE_BYTES)), 503);
    await watch.stop();
    expect((await readdir(join(server.dataDir, 'objects'))).filter((name) => !name.startsWith('.'))).toEqual(
      [],
    );
    await expectWorks(server, uuid);
  });

  test.each(DATABASE_FAULTS)(
    'at %s of the database (%s: %s): as if nothing had been asked',
    async (_, calls, error, status) => {
      const { server, uuid, old } = await serverWithFile();
      const thread = server.child.pid ?? 0;
      const watch = await watchCalls(thread, { calls, fault: `error=${error}:when=1` });
      await expectRefused(await upload(server.url, uuid, 'data.bin', randomBytes(FILE_BYTES)), status);
      await watch.stop();
      await old.expectKept(server.url);

      // The log of SQLite may hold what it took back; nobody wrote since.
      await server.stop('SIGKILL');
      const again = await startServer({ dataDir: server.dataDir });
      onTestFinished(async () => void (await again.stop()));
      await old.expectKept(again.url);
      await expectWorks(again, uuid);
    },
  );

  test('a database that fails again and again answers 503, serves reads, and is back at once', async () => {
    const { server, uuid, old } = await serverWithFile();
    const watch = await watchCalls(server.child.pid ?? 0, {
      calls: 'fsync,fdatasync',
      fault: 'error=EIO',
    });
    for (let i = 0; i < 5; i += 1) {
      const started = performance.now();
      await expectRefused(await askToCreate(server.url, 'refused'), 503);
      expect(performance.now() - started).toBeLessThan(5500);
      await old.expectKept(server.url);
    }
    await watch.stop();
    await expectWorks(server, uuid);
    const { data } = await graphql<{ experiments: { totalExperimentsCount: number } }>(
      server.url,
      '{ experiments(offset: 0, limit: 0, filters: {title: "refused"}) { totalExperimentsCount } }',
    );
    expect(data?.experiments.totalExperimentsCount).toBe(0);
  });

  test.each([
    ['the readable name', '?link,?linkat'],
    ['the removal of the bytes before', '?unlink,?unlinkat'],
  ])('at %s: the upload stands, and the next start makes it right', async (_, calls) => {
    const { server, uuid, old } = await serverWithFile();
    const thread = await fileThread(server.child.pid);
    const watch = await watchCalls(thread, { calls, fault: 'error=EIO' });
    const bytes = randomBytes(FILE_BYTES);
    const done = old.sending(uuid, 'data.bin', bytes);
    expect((await upload(server.url, uuid, 'data.bin', bytes)).status).toBe(200);
    done();
    await old.expectKept(server.url);
    await watch.stop();

    await server.stop('SIGKILL');
    const again = await startServer({ dataDir: server.dataDir });
    onTestFinished(async () => void (await again.stop()));
    await old.expectKept(again.url);
    await expectClean(again.dataDir);
  });
});

/** A server with one experiment that has one file. */
async function serverWithFile() {
  const server = await startServer({ env: ONE_FILE_THREAD });
  onTestFinished(async () => void (await server.stop('SIGKILL')));
  const old = new KnownWrites();
  const { uuid, eid } = await create(server.url, 'x');
  old.created(uuid, eid, 'x');
  const bytes = randomBytes(FILE_BYTES);
  const done = old.sending(uuid, 'data.bin', bytes);
  expect((await upload(server.url, uuid, 'data.bin', bytes)).status).toBe(200);
  done();
  return { server, uuid, old };
}

/** What was refused works when it is tried again. */
async function expectWorks(server: ServerProcess, uuid: string): Promise<void> {
  const bytes = randomBytes(FILE_BYTES);
  expect((await upload(server.url, uuid, 'data.bin', bytes)).status).toBe(200);
  const answer = await fetch(`${server.url}/api/files/${uuid}/data.bin`);
  expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(sha256(bytes));
  await create(server.url, 'after');
}
