import { randomBytes, randomInt } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databases, newDatabase, temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check, filesOf, send } from './check-command.ts';
import { damageDatabase } from './damage-database.ts';
import { create, graphql } from './graphql-client.ts';
import { runCommand, type ServerProcess, startServer } from './start-server.ts';

const LOAD_MS = 8000;

describe('where there is no installation', () => {
  test.each([
    [['--nonsense'], 'nonsense'],
    [['more'], 'too many arguments'],
    [['--database-url', 'mysql://x'], '--database-url'],
  ])('%j is wrong usage', async (args, text) => {
    const dataDir = await temporaryFolder();
    const { code, output } = await runCommand(['check', '--data-dir', dataDir, ...args]);
    expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining(text) as string });
    expect(await readdir(dataDir)).toEqual([]);
  });

  test('a sentence says so, and nothing is created', async () => {
    const parent = await temporaryFolder();
    const missing = join(parent, 'missing');
    const empty = join(parent, 'empty');
    const withoutDatabase = join(parent, 'without');
    const file = join(parent, 'file');
    await writeFile(file, '');
    await mkdir(empty);
    await mkdir(join(withoutDatabase, 'objects'), { recursive: true });
    for (const [dataDir, text] of [
      [missing, 'There is no data folder'],
      [file, `${file} is no folder.`],
      [empty, 'is no data folder of Aqueduct'],
      [withoutDatabase, 'There is no database'],
    ] as const) {
      for (const options of [[], ['--adopt']]) {
        const { code, output } = await runCommand(['check', '--data-dir', dataDir, ...options]);
        expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining(text) as string });
        expect(output).not.toMatch(/ at .*\.js:\d+/);
      }
    }
    expect((await readdir(parent, { recursive: true })).toSorted()).toEqual([
      'empty',
      'file',
      'without',
      'without/objects',
    ]);
  });

  test('settings of the server are not looked at, whatever they are', async () => {
    const dataDir = await temporaryFolder();
    const ofServer = { AQUEDUCT_HOST: '0.0.0.0', AQUEDUCT_PORT: 'abc', AQUEDUCT_UPLOADS_AT_ONCE: 'many' };
    const { code, output } = await runCommand(['check', '--data-dir', dataDir], ofServer);
    expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining(dataDir) as string });
  });

  test('a variable without effect is told of', async () => {
    const args = ['check', '--data-dir', await temporaryFolder()];
    const { output } = await runCommand(args, { AQUEDUCT_DATADIR: '/elsewhere' });
    expect(output).toContain('AQUEDUCT_DATADIR: unknown setting');
  });

  test('an empty PostgreSQL database stays empty, and one that does not answer is named', async () => {
    const server = await startServer();
    await server.stop();
    const args = ['check', '--data-dir', server.dataDir, '--database-url'];
    const empty = await runCommand([...args, (await newDatabase('PostgreSQL')) ?? '']);
    expect(empty).toMatchObject({ code: 2, output: expect.stringContaining('it is empty') as string });
    const away = await runCommand([...args, 'postgres://u:secret@127.0.0.1:1/x']);
    expect(away).toMatchObject({ code: 2, output: expect.stringContaining('u@127.0.0.1:1/x') as string });
    expect(away.output).not.toContain('secret');
  });

  test('an older data folder is left as it is', async () => {
    const dataDir = await temporaryFolder();
    await cp(fileURLToPath(new URL('../fixtures/data-folder-0001', import.meta.url)), dataDir, {
      recursive: true,
    });
    const before = await readFile(join(dataDir, 'aqueduct.db'));
    const { code, output } = await runCommand(['check', '--data-dir', dataDir]);
    expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('older') as string });
    expect((await readFile(join(dataDir, 'aqueduct.db'))).equals(before)).toBe(true);
  });
});

test('a folder that can not be read to its end is named', async () => {
  const server = await startServer();
  await server.stop();
  const file = join(server.dataDir, 'no-folder');
  await writeFile(file, '');
  const { code, output } = await check(server, '--experiments-dir', file);
  expect({ code, output }).toEqual({
    code: 2,
    output: expect.stringMatching(/^The check could not be finished: .*no-folder.*\n$/) as string,
  });
});

test('a damaged database is reported, and nothing is taken into it', async () => {
  const server = await startServer();
  for (let i = 0; i < 50; i += 1) await create(server.url, `experiment ${i} ${'x'.repeat(200)}`, ['a', 'b']);
  const { eid } = await create(server.url, 'x');
  await server.stop();
  await damageDatabase(join(server.dataDir, 'aqueduct.db'));
  const byHand = join(server.dataDir, 'experiments', eid, 'notes.txt');
  await mkdir(join(server.dataDir, 'experiments', eid), { recursive: true });
  await writeFile(byHand, 'by hand');
  for (const options of [[], ['--adopt']]) {
    const { code, output } = await check(server, ...options);
    expect(code, output).toBe(1);
    expect(output).toContain('database   database: it is damaged');
    expect(output).not.toMatch(/adopted| at .*\.js:\d+/);
  }
  expect(await readFile(byHand, 'utf8')).toBe('by hand');
});

describe.each(databases)('the command, on %s', (database) => {
  test('ends with 0 or 1, in words or in JSON', async () => {
    const server = await startServer({ databaseUrl: await newDatabase(database) });
    onTestFinished(async () => void (await server.stop()));
    expect(await check(server)).toEqual({
      code: 0,
      output: 'Checked 0 files (0 bytes read) and 0 objects: nothing is wrong.\n',
    });
    const { uuid, eid } = await create(server.url, 'x');
    await send(server, uuid, 'data.csv', 'data');
    const folder = join(server.dataDir, 'experiments', eid);
    await writeFile(join(folder, 'notes.txt'), 'by hand');
    const noted = await check(server);
    expect(noted.code, noted.output).toBe(0);
    expect(noted.output).toContain(`by-hand    ${eid}/notes.txt: `);
    expect(noted.output).toContain('Notes: 1 by-hand.');

    await rm(join(folder, 'data.csv'));
    await mkdir(join(folder, 'data.csv'));
    const broken = await check(server, '--json', '--quick');
    expect(broken.code, broken.output).toBe(1);
    const lines = broken.output
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { kind: 'by-hand', eid, name: 'notes.txt', path: join(folder, 'notes.txt') },
      { kind: 'readable', subject: `${eid}/data.csv`, eid, name: 'data.csv' },
      { kind: 'summary', files: 1, objects: 1, counts: { readable: 1, 'by-hand': 1 } },
    ]);
  });

  test('makes nothing, where folders of the data folder are missing', async () => {
    const server = await startServer({ databaseUrl: await newDatabase(database) });
    const { uuid, eid } = await create(server.url, 'x');
    await send(server, uuid, 'data.csv', 'data');
    await server.stop();
    for (const name of ['objects', 'server.id']) await rm(join(server.dataDir, name), { recursive: true });
    const before = await readdir(server.dataDir);
    const { code, output } = await check(server);
    expect(code, output).toBe(1);
    expect(output).toContain(`missing    ${eid}/data.csv: `);
    expect((await readdir(server.dataDir)).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(before);
  });

  test('reports nothing that a server at work is just changing', { timeout: 120_000 }, async () => {
    const server = await startServer({ databaseUrl: await newDatabase(database) });
    onTestFinished(async () => void (await server.stop()));
    const deadline = performance.now() + LOAD_MS;
    const isOver = () => performance.now() > deadline;
    const writers = Array.from({ length: 4 }, () => change(server, isOver));
    let checks = 0;
    for (; !isOver(); checks += 1) {
      const { code, output } = await check(server, '--json');
      expect({ code, lines: output.trim().split('\n') }).toEqual({
        code: 0,
        lines: [expect.stringContaining('"counts":{}')],
      });
    }
    const changes = await Promise.all(writers);
    expect(checks).toBeGreaterThan(2);
    expect(Math.min(...changes)).toBeGreaterThan(2);
    expect(await check(server)).toMatchObject({
      code: 0,
      output: expect.stringContaining('nothing is wrong') as string,
    });
  });

  test('--adopt beside a server, which has the files at once', async () => {
    const server = await startServer({ databaseUrl: await newDatabase(database) });
    onTestFinished(async () => void (await server.stop()));
    const { uuid, eid } = await create(server.url, 'x');
    await send(server, uuid, 'data.csv', 'recorded');
    expect(await namesOf(server, uuid)).toEqual(['data.csv']);
    const folder = join(server.dataDir, 'experiments', eid);
    await writeFile(join(folder, 'notes.txt'), 'by hand');
    await writeFile(join(folder, 'new'), 'edited');
    await rename(join(folder, 'new'), join(folder, 'data.csv'));
    const adopted = await check(server, '--adopt');
    expect(adopted.code, adopted.output).toBe(0);
    expect(adopted.output).toContain('Notes: 2 adopted.');
    expect(await namesOf(server, uuid)).toEqual(['data.csv', 'notes.txt']);
    for (const [name, text] of [
      ['data.csv', 'edited'],
      ['notes.txt', 'by hand'],
    ]) {
      const answer = await fetch(`${server.url}/api/files/${uuid}/${name}`);
      expect(await answer.text()).toBe(text);
    }
    expect(await check(server)).toMatchObject({
      code: 0,
      output: expect.stringContaining('nothing is wrong') as string,
    });
  });
});

/** Uploads, replaces, deletes and removes; gives how often. */
async function change(server: ServerProcess, isOver: () => boolean): Promise<number> {
  let rounds = 0;
  for (; !isOver(); rounds += 1) {
    const { uuid } = await create(server.url, 'under load', ['load']);
    for (const name of ['a.bin', 'A.bin', 'a.bin', 'b.bin', 'a.bin'])
      await send(server, uuid, name, randomBytes(randomInt(1, 300_000)));
    const deleted = await fetch(`${server.url}/api/files/${uuid}/delete_files`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ file_list: ['a.bin'] }),
    });
    expect(deleted.status).toBe(200);
    await send(server, uuid, 'a.bin', randomBytes(100));
    if (rounds % 2 === 0) continue;
    const removed = await graphql(
      server.url,
      'mutation ($i: ExperimentRemoveInput!) { removeExperiment(experimentRemoveInput: $i) }',
      { i: { uuid } },
    );
    expect(removed.errors).toBeUndefined();
  }
  return rounds;
}

async function namesOf(server: ServerProcess, uuid: string): Promise<string[]> {
  return (await filesOf(server, uuid)).map(({ name }) => name);
}
