import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { databases, newDatabase, startPostgres, temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { expectClean } from './expect-clean.ts';
import { askToCreate, expectRefusal, expectRefused } from './expect-refused.ts';
import { Load } from './load.ts';
import { type Disk, ext4Disk } from './small-disk.ts';
import { canProvoke } from './tools.ts';

const execute = promisify(execFile);
const DISK_MIB = 48;
const POSTGRES_MIB = 80;
/** The disk becomes full in the middle of it. */
const LARGE = randomBytes(60_000_000);
const SMALL = randomBytes(300_000);
const BACK_WITHIN_MS = 5000;

describe.runIf(canProvoke('full and read-only disks', 'disks'))('a disk', () => {
  test.each(databases)('that becomes full under load, on %s', async (database) => {
    const databaseUrl = await newDatabase(database);
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await serve({ dataDir: disk.path, databaseUrl });
    const { uuid } = await create(server.url, 'x');
    expect((await upload(server.url, uuid, 'before', SMALL)).status).toBe(200);

    const load = new Load(server.url);
    await load.answered(20);
    await disk.fill();
    await load.answered(20, ({ status }) => status === 507);
    await expectReads(server, uuid);
    await disk.free();
    const freed = performance.now();
    await Promise.all([storeAgain(server, uuid), createAgain(server)]);
    expect(performance.now() - freed).toBeLessThan(BACK_WITHIN_MS);

    const { answers, broken, known } = await load.end();
    expect(broken).toBe(0);
    for (const { status, text } of answers.filter((answer) => answer.status !== 200))
      expectRefusal(status, text);
    await known.expectKept(server.url);
    await expectClean(server.dataDir, databaseUrl);
  });

  test('of the files that is full in the middle of an upload: the rest goes on', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await serve({ dataDir: await split(await temporaryFolder(), disk.path) });
    const { uuid } = await create(server.url, 'x');
    expect((await upload(server.url, uuid, 'before', SMALL)).status).toBe(200);
    for (let i = 0; i < 3; i += 1) {
      await expectRefused(await upload(server.url, uuid, 'large', LARGE), 507);
      expect(await readdir(join(server.dataDir, 'objects/.incoming'))).toEqual([]);
    }
    await createAgain(server);
    await expectReads(server, uuid);
    // What was refused left the room that it took.
    expect((await upload(server.url, uuid, 'after', SMALL)).status).toBe(200);
  });

  test('of the database that is full: nothing is half done, and reads go on', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await serve({ dataDir: await split(disk.path, await temporaryFolder()) });
    const { uuid } = await create(server.url, 'x');
    expect((await upload(server.url, uuid, 'before', SMALL)).status).toBe(200);
    await disk.fill();
    // Room that the database has already is used up first.
    let answer = await askToCreate(server.url);
    while (answer.ok) answer = await askToCreate(server.url);
    await expectRefused(answer, 507);
    await expectRefused(await upload(server.url, uuid, 'small', SMALL), 507);
    await expectReads(server, uuid);
    await disk.free();
    const freed = performance.now();
    await createAgain(server);
    await storeAgain(server, uuid);
    expect(performance.now() - freed).toBeLessThan(BACK_WITHIN_MS);
    await expectClean(server.dataDir);
  });

  test('of PostgreSQL that is full: nothing is half done, and reads go on', async () => {
    const disk = await ext4Disk(POSTGRES_MIB, onTestFinished);
    const log = await temporaryFolder();
    // The user of PostgreSQL reaches both.
    await chmod(dirname(disk.path), 0o755);
    await chmod(log, 0o777);
    const postgres = await startPostgres({
      dataDir: join(disk.path, 'data'),
      // Without its log, PostgreSQL itself would break down.
      initdbFlags: [`--waldir=${join(log, 'wal')}`],
    });
    onTestFinished(() => postgres.stop());
    const databaseUrl = `${postgres.url}/postgres`;
    const server = await serve({ databaseUrl });
    const { uuid } = await create(server.url, 'x');
    expect((await upload(server.url, uuid, 'before', SMALL)).status).toBe(200);
    await disk.fill();
    let answer = await askToCreate(server.url);
    while (answer.ok) answer = await askToCreate(server.url);
    await expectRefused(answer, 507);
    await expectReads(server, uuid);
    await disk.free();
    const freed = performance.now();
    await createAgain(server);
    await storeAgain(server, uuid);
    expect(performance.now() - freed).toBeLessThan(BACK_WITHIN_MS);
    await expectClean(server.dataDir, databaseUrl);
  });

  test('with less than the reserve: uploads are refused before the first byte, the database goes on', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await serve({ dataDir: disk.path, env: { AQUEDUCT_FREE_SPACE_RESERVE: '44MiB' } });
    const { uuid } = await create(server.url, 'x');
    await expectRefused(await upload(server.url, uuid, 'small', SMALL), 507);
    await createAgain(server);
  });

  test('of the files that is read-only: downloads and the database go on', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await serve({ dataDir: await split(await temporaryFolder(), disk.path) });
    const { uuid } = await create(server.url, 'x');
    expect((await upload(server.url, uuid, 'before', SMALL)).status).toBe(200);
    await remountWhenIdle(disk, 'ro');
    await expectRefused(await upload(server.url, uuid, 'small', SMALL), 503);
    await expectRefused(await fetch(`${server.url}/ready`), 503);
    await expectReads(server, uuid);
    await createAgain(server);
    await disk.remount('rw');
    const freed = performance.now();
    await storeAgain(server, uuid);
    expect(performance.now() - freed).toBeLessThan(BACK_WITHIN_MS);
  });

  test('that the kernel makes read-only because of its errors: reads go on, and the next start has all', async () => {
    const disk = await ext4Disk(DISK_MIB, onTestFinished);
    const server = await serve({ dataDir: disk.path });
    const { uuid } = await create(server.url, 'x');
    expect((await upload(server.url, uuid, 'before', SMALL)).status).toBe(200);
    await disk.failAsReadOnly();
    for (let i = 0; i < 3; i += 1) {
      await expectRefused(await upload(server.url, uuid, 'small', SMALL), 503);
      await expectRefused(await askToCreate(server.url), 503);
      await expectReads(server, uuid);
    }
    await server.stop('SIGKILL');
    await disk.restart();
    const again = await serve({ dataDir: disk.path });
    await expectReads(again, uuid);
    await storeAgain(again, uuid);
    await createAgain(again);
  });
});

describe.runIf(canProvoke('limits on the size of files', 'prlimit', 'processes'))(
  'a limit on the size of files',
  () => {
    test('refuses larger ones', async () => {
      const server = await serve({});
      const { uuid } = await create(server.url, 'x');
      expect((await upload(server.url, uuid, 'before', SMALL)).status).toBe(200);
      await execute('prlimit', [`--pid=${server.child.pid}`, '--fsize=8388608:']);
      await expectRefused(await upload(server.url, uuid, 'large', LARGE), 507);
      expect(await readdir(join(server.dataDir, 'objects/.incoming'))).toEqual([]);
      await expectReads(server, uuid);
      expect((await upload(server.url, uuid, 'small', SMALL)).status).toBe(200);
    });
  },
);

async function serve(options: Parameters<typeof startServer>[0]): Promise<ServerProcess> {
  const server = await startServer(options);
  onTestFinished(async () => void (await server.stop('SIGKILL')));
  return server;
}

/** Puts the objects of a data folder on another disk. */
async function split(dataDir: string, objectsDisk: string): Promise<string> {
  await mkdir(join(objectsDisk, 'objects'));
  await symlink(join(objectsDisk, 'objects'), join(dataDir, 'objects'));
  return dataDir;
}

async function expectReads(server: ServerProcess, uuid: string): Promise<void> {
  const answer = await fetch(`${server.url}/api/files/${uuid}/before`);
  expect(Buffer.from(await answer.arrayBuffer()).equals(SMALL)).toBe(true);
  const list = await fetch(
    `${server.url}/api/graphql?query={experiments(offset:0,limit:10){totalExperimentsCount}}`,
  );
  expect(await list.json()).toMatchObject({ data: { experiments: {} } });
}

/** Asks until it works. */
async function storeAgain(server: ServerProcess, uuid: string): Promise<void> {
  while (!(await upload(server.url, uuid, 'again', SMALL)).ok);
}

async function createAgain(server: ServerProcess): Promise<void> {
  while (!(await askToCreate(server.url)).ok);
}

/** A disk can't be made read-only while a file on it is open for writing. */
async function remountWhenIdle(disk: Disk, options: string): Promise<void> {
  await expect
    .poll(
      () =>
        disk.remount(options).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
}
