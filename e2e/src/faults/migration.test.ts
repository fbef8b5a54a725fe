import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newDatabase, temporaryFolder } from '@aqueduct/server/testing';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create } from '../graphql-client.ts';
import { startServer } from '../start-server.ts';
import { howOften } from './how-often.ts';
import {
  DURABLE_CALLS,
  expectKilled,
  isMade,
  type Kill,
  killsAt,
  LEAST_KILLED,
  underStrace,
} from './strace.ts';
import { canProvoke } from './tools.ts';

const OLD_FOLDER = fileURLToPath(new URL('../../fixtures/data-folder-0001', import.meta.url));
/** What PostgreSQL is told goes through these. */
const SENDING_CALLS = 'write,writev,sendto,sendmsg';
/** Work in the background makes the last of them sooner or later. */
const SLACK = 8;
const WATCHED_STARTS = 3;

const FOLDERS = {
  'a new data folder': async () => undefined,
  'a data folder of the first version': (dataDir: string) => cp(OLD_FOLDER, dataDir, { recursive: true }),
} as const;

describe.runIf(canProvoke('migrations that are killed', 'strace'))('a start that is killed', () => {
  test.each(Object.entries(FOLDERS))(
    'at its writes, with %s: the old schema or the new one',
    {
      timeout: 1_200_000,
    },
    async (_, prepare) => {
      const newFolder = async () => {
        const dataDir = await temporaryFolder();
        await prepare(dataDir);
        return dataDir;
      };
      const whole = await newFolder();
      const before = schemaOf(whole);
      const calls = await callsOfStart(DURABLE_CALLS, { dataDir: whole });
      expect(calls.length).toBeGreaterThan(20);
      const after = schemaOf(whole);
      expect(after).not.toEqual(before);

      for (const kill of killsAt(calls, howOften(5, calls.length))) {
        const dataDir = await newFolder();
        expect(await isKilled(kill, { dataDir }), JSON.stringify(kill)).toBe(true);
        const between = schemaOf(dataDir);
        expect([before, after], JSON.stringify(kill)).toContainEqual(between);
        await expectStarts({ dataDir });
        expect(schemaOf(dataDir)).toEqual(after);
      }
    },
  );

  test('at what it sends to PostgreSQL: no schema or the whole one', { timeout: 1_200_000 }, async () => {
    // On a busy machine a start makes more calls, which another one does not get to.
    const starts: string[][] = [];
    let whole = '';
    for (let i = 0; i < WATCHED_STARTS; i += 1) {
      whole = (await newDatabase('PostgreSQL')) ?? '';
      starts.push(await callsOfStart(SENDING_CALLS, { databaseUrl: whole }));
    }
    const [calls = []] = starts.toSorted((a, b) => a.length - b.length);
    expect(calls.length).toBeGreaterThan(30);
    const tables = await tablesOf(whole);
    expect(tables).toContain('experiment');

    const kills = killsAt(calls, howOften(5, calls.length));
    let killed = 0;
    for (const kill of kills) {
      const databaseUrl = (await newDatabase('PostgreSQL')) ?? '';
      if (await isKilled(kill, { databaseUrl })) killed += 1;
      expect([[], tables], JSON.stringify(kill)).toContainEqual(await tablesOf(databaseUrl));
      await expectStarts({ databaseUrl });
      expect(await tablesOf(databaseUrl)).toEqual(tables);
    }
    expect(killed).toBeGreaterThanOrEqual(Math.floor(kills.length * LEAST_KILLED));
  });
});

describe('two that start at once', () => {
  test('with one data folder: one serves, the other says why not', async () => {
    for (let i = 0; i < howOften(2, 20); i += 1) {
      const dataDir = await temporaryFolder();
      const starts = await Promise.allSettled([startServer({ dataDir }), startServer({ dataDir })]);
      const servers = starts.filter((start) => start.status === 'fulfilled').map(({ value }) => value);
      for (const server of servers) onTestFinished(async () => void (await server.stop('SIGKILL')));
      const refusals = starts
        .filter((start) => start.status === 'rejected')
        .map(({ reason }) => String(reason));
      expect(servers.length, refusals.join()).toBe(1);
      expect(refusals[0]).toContain(`uses the data folder ${dataDir}`);
      await create(servers[0]?.url ?? '', 'x');
    }
  });

  test('with one PostgreSQL: both serve', async () => {
    for (let i = 0; i < howOften(2, 20); i += 1) {
      const databaseUrl = await newDatabase('PostgreSQL');
      const servers = await Promise.all([startServer({ databaseUrl }), startServer({ databaseUrl })]);
      for (const server of servers) onTestFinished(async () => void (await server.stop('SIGKILL')));
      const made = await Promise.all(servers.flatMap(({ url }) => [create(url, 'x'), create(url, 'y')]));
      expect(new Set(made.map(({ eid }) => eid)).size).toBe(4);
    }
  });
});

/** The calls that a start makes until the server can work. */
async function callsOfStart(calls: string, options: Parameters<typeof startServer>[0]): Promise<string[]> {
  const watched = await underStrace({ calls });
  const server = await startServer({ ...options, under: watched.under });
  const made = (await watched.calls()).slice(0, -SLACK);
  await server.stop();
  return made;
}

/** Starts a server that is killed before a call; false where it did not make so many of them. */
async function isKilled(kill: Kill, options: Parameters<typeof startServer>[0]): Promise<boolean> {
  const watched = await underStrace(kill);
  const started = await startServer({ ...options, under: watched.under }).catch((error: unknown) => {
    expect(String(error)).toContain('SIGKILL');
  });
  if (!started) return true;
  const isLate = await isMade(kill, watched);
  if (isLate) await expectKilled(started.child, kill);
  await started.stop('SIGKILL');
  return isLate;
}

async function expectStarts(options: Parameters<typeof startServer>[0]): Promise<void> {
  const server = await startServer(options);
  await create(server.url, 'x');
  await server.stop();
}

function schemaOf(dataDir: string): unknown[] {
  const path = join(dataDir, 'aqueduct.db');
  if (!existsSync(path)) return [];
  const db = new Sqlite(path);
  const schema = db
    .prepare("select type, name, sql from sqlite_master where name not like '%kysely%' order by type, name")
    .all();
  db.close();
  return schema;
}

/** Once those that were killed have no connection any more: until then, their transaction may be open. */
async function tablesOf(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const others =
    'select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
  while ((await client.query(others)).rowCount !== 0);
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'aqueduct' and table_name not like 'kysely%' order by 1`,
  );
  await client.end();
  return rows.map(({ name }) => name);
}
