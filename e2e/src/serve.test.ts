import { once } from 'node:events';
import { mkdir, open, readFile, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { leftOut, newDatabase, temporaryFolder } from '@aqueduct/server/testing';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { damageDatabase } from './damage-database.ts';
import { create, graphql, upload } from './graphql-client.ts';
import { freePort, runCommand, startCommand, startServer } from './start-server.ts';

describe('the command', () => {
  test('--version and --help', async () => {
    const { version } = JSON.parse(await readFile('packages/cli/package.json', 'utf8')) as {
      version: string;
    };
    expect(await runCommand(['--version'])).toEqual({ code: 0, output: `${version}\n` });
    const help = await runCommand(['serve', '--help']);
    expect(help.code).toBe(0);
    expect(help.output).toContain('--data-dir <folder>');
    expect(help.output).toContain('AQUEDUCT_DATA_DIR');
    expect(await runCommand(['serve', '-h'])).toEqual(help);
    expect(await runCommand(['help', 'serve'])).toEqual(help);
    const all = await runCommand(['--help']);
    expect(all.output).toContain('serve');
    expect(await runCommand(['help'])).toEqual(all);
    expect(await runCommand([])).toEqual({ ...all, code: 2 });
    expect([...help.output.matchAll(/^.{81,}$/gm)]).toEqual([]);
  });

  test('help whose reader has seen enough ends without a word', async () => {
    const { child, output } = startCommand(['serve', '--help']);
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect({ code, output: output() }).toEqual({ code: 0, output: '' });
  });

  test.each([
    [['nonsense'], 2, 'nonsense'],
    [['serve', '--nonsense'], 2, '--nonsense'],
    [['serve', '--port', 'eighty'], 2, '--port'],
    [['serve', '--allow-no-login', 'false'], 2, '--allow-no-login takes no value'],
    [['serve', '--host', '0.0.0.0'], 2, 'AQUEDUCT_ALLOW_NO_LOGIN'],
    [['serve', '--host', 'nosuch.invalid', '--allow-no-login'], 1, 'host nosuch.invalid can'],
    [['serve', '--data-dir', '/dev/null/x'], 1, '/dev/null/x'],
    [['serve', '--data-dir', '/proc/x/y'], 1, '/proc/x/y'],
    [['serve', '--experiments-dir', '/proc/x/y'], 1, 'another with --experiments-dir'],
    [['serve', '--database-url', 'postgres://u:secret@127.0.0.1:1/x'], 1, 'postgres://u@127.0.0.1:1/x'],
  ])('%j ends with %i and a sentence', async (args, code, text) => {
    const result = await runCommand([
      ...args,
      ...(args.includes('--data-dir')
        ? []
        : args[0] === 'serve'
          ? ['--data-dir', await temporaryFolder()]
          : []),
    ]);
    expect(result.code, result.output).toBe(code);
    expect(result.output).toContain(text);
    expect(result.output).not.toMatch(/secret| at .*\.js:\d+/);
  });

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, output } = await runCommand([
      'serve',
      '--port',
      String(port),
      '--data-dir',
      await temporaryFolder(),
    ]);
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining(`Port ${port} is taken`) as string,
    });
  });
});

describe('a data folder', () => {
  test('is served by one server at a time', async () => {
    const first = await startServer();
    onTestFinished(async () => void (await first.stop()));
    const second = await runCommand([
      'serve',
      '--port',
      String(await freePort()),
      '--data-dir',
      first.dataDir,
    ]);
    expect(second.code).toBe(1);
    expect(second.output).toContain(`process ${first.child.pid}`);
    await first.stop('SIGKILL');
    const third = await startServer({ dataDir: first.dataDir });
    expect(await third.stop()).toBe(0);
  });

  test('of a newer version, of something else or damaged is refused', async () => {
    const server = await startServer();
    await create(server.url, 'x');
    await server.stop();
    const path = join(server.dataDir, 'aqueduct.db');
    const refuse = async (text: string) => {
      const { code, output } = await serveAgain(server.dataDir);
      expect(code, output).toBe(1);
      expect(output).toContain(text);
    };
    const db = new Sqlite(path);
    db.prepare("insert into kysely_migration values ('9999-later', '')").run();
    await refuse('newer version');
    db.exec("delete from kysely_migration where name like '9999%'; update kysely_migration set name = name");
    db.exec('drop table kysely_migration');
    db.close();
    await refuse("not Aqueduct's");
    await writeFile(path, Buffer.alloc(100_000, 'garbage'));
    await refuse(path);
  });

  test('with a damaged page is refused', async () => {
    const server = await startServer();
    for (let i = 0; i < 50; i += 1)
      await create(server.url, `experiment ${i} ${'x'.repeat(200)}`, ['a', 'b']);
    await server.stop();
    await damageDatabase(join(server.dataDir, 'aqueduct.db'));
    const { code, output } = await serveAgain(server.dataDir);
    expect(code).toBe(1);
    expect(output).toContain('damaged');
  });

  test('with a damaged log beside it is refused, and stays as it is', async () => {
    const server = await startServer();
    for (let i = 0; i < 50; i += 1) await create(server.url, `experiment ${i} ${'x'.repeat(200)}`, ['a']);
    const path = join(server.dataDir, 'aqueduct.db');
    await server.stop();
    const again = await startServer({ dataDir: server.dataDir });
    await create(again.url, 'in the log');
    await again.stop('SIGKILL');
    // As where a copy was put in the place of the database, but not of what belongs to that.
    await damageDatabase(path);
    const files = [path, `${path}-wal`];
    const before = await Promise.all(files.map((file) => readFile(file)));
    const { code, output } = await serveAgain(server.dataDir);
    expect(code, output).toBe(1);
    expect(output).toContain(`and remove ${path}-wal and ${path}-shm`);
    expect(output).toContain('Nothing was changed.');
    const after = await Promise.all(files.map((file) => readFile(file)));
    expect(after.map((bytes, i) => bytes.equals(before[i] ?? Buffer.of()))).toEqual([true, true]);
  });

  test('with a page that goes bad while it runs refuses what needs that, and answers the rest', async () => {
    const first = await startServer();
    const made: string[] = [];
    for (let i = 0; i < 300; i += 1)
      made.push((await create(first.url, `experiment ${i} ${'x'.repeat(40)}`)).uuid);
    await first.stop();
    // What it has in its memory would not be missed.
    const server = await startServer({ dataDir: first.dataDir });
    onTestFinished(async () => void (await server.stop('SIGKILL')));
    const path = join(server.dataDir, 'aqueduct.db');
    const db = new Sqlite(path, { readonly: true });
    const size = db.pragma('page_size', { simple: true }) as number;
    db.close();
    const bytes = await readFile(path);
    const file = await open(path, 'r+');
    for (
      let at = bytes.indexOf('experiment 200 x');
      at >= 0;
      at = bytes.indexOf('experiment 200 x', at + 1)
    ) {
      await file.write(Buffer.alloc(size, 0xff), 0, size, Math.floor(at / size) * size);
    }
    await file.close();

    const query =
      'query ($u: String!) { experiment(experimentIdentifier: {type: UUID, value: $u}) { title } }';
    const answers = [];
    for (const u of made) answers.push(await graphql(server.url, query, { u }));
    const codes = new Set(answers.map(({ errors }) => errors?.[0]?.extensions?.code));
    expect(codes).toEqual(new Set(['UNAVAILABLE', undefined]));
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  test('a PostgreSQL database with tables of others is refused', async () => {
    const databaseUrl = (await newDatabase('PostgreSQL')) ?? '';
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('create schema aqueduct; create table aqueduct.theirs (x int)');
    await client.end();
    const args = [
      'serve',
      '--port',
      String(await freePort()),
      '--data-dir',
      await temporaryFolder(),
      '--database-url',
      databaseUrl,
    ];
    const { code, output } = await runCommand(args);
    expect(code).toBe(1);
    expect(output).toContain('theirs');
  });
});

test('everything below a prefix, whether a proxy strips it or not, and at both loopback addresses', async () => {
  const server = await startServer({
    env: { AQUEDUCT_BASE_PATH: '/lab', API_PREFIX: '/v1', AQUEDUCT_LOG_LEVEL: 'silent' },
  });
  onTestFinished(async () => void (await server.stop()));
  for (const base of [`${server.url}/lab`, server.url]) {
    const { uuid } = await create(base, 'x');
    const { data } = await graphql<{ experiments: { experimentsData: { files: { path: string }[] }[] } }>(
      base,
      '{ experiments(offset: 0, limit: 1) { experimentsData { files { path } } } }',
    );
    expect(data).toEqual({ experiments: { experimentsData: [{ files: [] }] } });
    expect((await upload(base, uuid, 'a', new Uint8Array(3))).status).toBe(200);
    expect((await fetch(`${base}/api/files/${uuid}/a`)).status).toBe(200);
  }
  expect((await fetch(`${server.url}/v1/graphql?query={__typename}`)).status).toBe(200);
  expect((await fetch(`${server.url.replace('localhost', '127.0.0.1')}/health`)).status).toBe(200);
  expect((await fetch(`${server.url}/labyrinth`)).headers.get('content-type')).toContain('text/html');
});

const hasOneAddress = leftOut(
  process.platform !== 'linux',
  'another address of this computer',
  'only Linux has one by itself',
);

test.skipIf(hasOneAddress)('the address that is printed is answered', async () => {
  const dataDir = await temporaryFolder();
  const args = ['serve', '--host', '127.0.0.2', '--port', '0', '--data-dir', dataDir];
  const { child, output } = startCommand(args, { AQUEDUCT_EXTENSIONS_DIR: '/no/such/folder' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect.poll(output).toContain('Files of experiments');
  const [, url = ''] = /answers at (\S+)/.exec(output()) ?? [];
  expect(url).toMatch(/^http:\/\/127\.0\.0\.2:\d+$/);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(output()).toContain('AQUEDUCT_EXTENSIONS_DIR');
});

test('SIGTERM lets an upload under way finish', async () => {
  const server = await startServer();
  const { uuid } = await create(server.url, 'x');
  const form = '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n';
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => controller.enqueue(new TextEncoder().encode(text));
      send(form);
      send('first half, ');
      await sleep(300);
      server.child.kill('SIGTERM');
      await sleep(500);
      send('second half\r\n--b--\r\n');
      controller.close();
    },
  });
  const headers = { 'x-file-name': 'slow.txt', 'content-type': 'multipart/form-data; boundary=b' };
  const answer = await fetch(`${server.url}/api/files/${uuid}`, {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
  } as RequestInit);
  expect(await answer.json()).toEqual({ result: 'Successfuly uploaded slow.txt' });
  await expect.poll(() => server.child.exitCode, { timeout: 5000 }).toBe(0);
  const again = await startServer({ dataDir: server.dataDir });
  onTestFinished(async () => void (await again.stop()));
  expect(await (await fetch(`${again.url}/api/files/${uuid}/slow.txt`)).text()).toBe(
    'first half, second half',
  );
});

test('SIGTERM does not wait for connections over which nothing came', async () => {
  const server = await startServer();
  onTestFinished(async () => void (await server.stop('SIGKILL')));
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => undefined);
  onTestFinished(() => void silent.destroy());
  await once(silent, 'connect');
  // A server that answers has taken the connections that were made before.
  await fetch(`${server.url}/health`);
  const begin = performance.now();
  expect(await server.stop()).toBe(0);
  expect(performance.now() - begin).toBeLessThan(15_000);
});

test('a server on SQLite that nobody asks anything writes nothing', { timeout: 60_000 }, async () => {
  const server = await startServer();
  onTestFinished(async () => void (await server.stop()));
  const log = join(server.dataDir, 'aqueduct.db-wal');
  // What the start has begun comes to its end.
  await sleep(1000);
  const { mtimeMs } = await stat(log);
  await sleep(7000);
  expect((await stat(log)).mtimeMs).toBe(mtimeMs);
});

test('a locked database answers 503 in time, reads go on, and it recovers by itself', {
  timeout: 30_000,
}, async () => {
  const server = await startServer();
  onTestFinished(async () => void (await server.stop()));
  await create(server.url, 'before');
  const other = new Sqlite(join(server.dataDir, 'aqueduct.db'));
  other.exec('begin immediate');
  const started = performance.now();
  const refused = graphql(
    server.url,
    'mutation { createExperiment(createExperimentInput: {title: "x", description: "", tags: []}) { eid } }',
  );
  const read = await graphql<{ experiments: { totalExperimentsCount: number } }>(
    server.url,
    '{ experiments(offset: 0, limit: 0) { totalExperimentsCount } }',
  );
  expect(read.data?.experiments.totalExperimentsCount).toBe(1);
  expect((await refused).errors?.[0]?.extensions?.code).toBe('UNAVAILABLE');
  expect(performance.now() - started).toBeLessThan(5500);
  expect((await refused).status).toBe(503);
  // Of several fields, some might have been done.
  const remove = 'removeExperiment(experimentRemoveInput: {uuid: "00000000-0000-0000-0000-000000000001"})';
  const several = await graphql(server.url, `mutation { a: ${remove} b: ${remove} }`);
  expect(several).toMatchObject({ status: 200, data: { a: null, b: null } });
  other.exec('rollback');
  other.close();
  await create(server.url, 'after');
});

test('a refusal of a request that may wait for a task is plain text', async () => {
  const server = await startServer();
  onTestFinished(async () => void (await server.stop()));
  const answer = await fetch(`${server.url}/api/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'query executeExtension { __typename }', operationName: 'other' }),
  });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
});

test('extensions that nobody installed', async () => {
  const dataDir = await temporaryFolder();
  await mkdir(join(dataDir, 'extensions'));
  const server = await startServer({ dataDir });
  onTestFinished(async () => void (await server.stop()));
  expect(
    await graphql(server.url, '{ extensions { name } tasks(offset: 0, limit: 10) { totalTasksCount } }'),
  ).toEqual({
    status: 200,
    data: { extensions: [], tasks: { totalTasksCount: 0 } },
  });
});

/** Runs a server that is expected to refuse its data folder. */
async function serveAgain(dataDir: string) {
  return runCommand(['serve', '--port', String(await freePort()), '--data-dir', dataDir]);
}
