import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../access/context.ts';
import { testContext } from '../../testing/test-context.ts';
import { newDatabase, temporaryFolder } from '../../testing/test-database.ts';
import { systemClock } from '../clock.ts';
import { asAqueductError } from '../errors/as-aqueduct-error.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { query } from './query.ts';

const answeredLate = query()<{ slept: string }>(() => sql`select pg_sleep(6)::text as slept`);
const answeredMuchLater = query()<{ slept: string }>(() => sql`select pg_sleep(60)::text as slept`);
const answeredSoon = query()<{ slept: string }>(() => sql`select pg_sleep(1)::text as slept`);
const setting = query<{ name: string }>()<{ value: string }>(
  (_, p) => sql`select current_setting(${p.name}) as value`,
);
const usersAmong = query<{ names: readonly string[] }>()((db, p, dialect) =>
  db.selectFrom('user').select('uuid').where(dialect.isAmong('username', p.names)),
);
const setIdleTimeout = query()(() => sql`set local idle_in_transaction_session_timeout = 100`);
const REFUSED_WITHIN_MS = 5500;

test('a write in the middle of which PostgreSQL stops answering is refused in time, and the next one works', async () => {
  const { db } = await testContext('PostgreSQL');
  const begun = performance.now();
  await expect(db.write((tx) => tx.first(answeredLate, {}))).rejects.toThrow();
  expect(performance.now() - begun).toBeLessThan(REFUSED_WITHIN_MS);
  await db.write((tx) => tx.appendEvent('installation.filled', 'afterwards'));
}, 30_000);

test('a query that was given up does not go on', async () => {
  const ctx = await testContext('PostgreSQL');
  const admin = await client(ctx);
  await expect(ctx.db.first(answeredMuchLater, {})).rejects.toMatchObject({ message: 'Query read timeout' });
  await expect.poll(() => sleeping(admin), { timeout: 3000 }).toEqual([]);
}, 30_000);

test('a query that an administrator ends is refused as one that may be tried again', async () => {
  const ctx = await testContext('PostgreSQL');
  const admin = await client(ctx);
  const failing = ctx.db.first(answeredMuchLater, {}).catch((error: unknown) => asAqueductError(error));
  await expect.poll(() => sleeping(admin)).toHaveLength(1);
  await admin.query('select pg_cancel_backend($1)', await sleeping(admin));
  expect(await failing).toMatchObject({ code: 'UNAVAILABLE' });
});

test('a server that stands still inside a write keeps the others waiting for some seconds only', async () => {
  const ctx = await testContext('PostgreSQL');
  const other = await reopen(ctx.config.databaseUrl);
  const gate = Promise.withResolvers<void>();
  const standing = ctx.db
    .write(async (tx) => {
      await tx.appendEvent('installation.filled', 'lost');
      await gate.promise;
      await tx.appendEvent('installation.filled', 'lost');
    })
    .catch((error: unknown) => asAqueductError(error));
  await sleep(500);
  const begun = performance.now();
  const write = () => other.write((tx) => tx.appendEvent('installation.filled', 'kept')).then(() => true);
  while (!(await write().catch(() => false))) expect(performance.now() - begun).toBeLessThan(10_000);

  gate.resolve();
  expect(await standing).toMatchObject({ code: 'UNAVAILABLE' });
  await ctx.db.write((tx) => tx.appendEvent('installation.filled', 'kept'));
  const { rows } = await (await client(ctx)).query('select entity_id from aqueduct.event');
  expect(rows.map((row) => row.entity_id)).toEqual(['kept', 'kept']);
}, 40_000);

test('a commit by one whose transaction was ended meanwhile is in doubt', async () => {
  const { db } = await testContext('PostgreSQL');
  const committing = db.write(async (tx) => {
    await tx.run(setIdleTimeout, {});
    await sleep(500);
  });
  await expect(committing).rejects.toMatchObject({ code: 'UNAVAILABLE', isInDoubt: true });
  await db.write((tx) => tx.appendEvent('installation.filled', 'afterwards'));
});

test('what its address asks of PostgreSQL is kept, and ours too', async () => {
  const url = `${await newDatabase('PostgreSQL')}?options=-c%20geqo%3Doff%20-csearch_path=pg_catalog`;
  const db = await reopen(url);
  const value = async (name: string) => (await db.first(setting, { name }))?.value;
  expect(await value('geqo')).toBe('off');
  expect(await value('search_path')).toBe('aqueduct,public');
  expect(await value('statement_timeout')).toBe('4300ms');
  expect(await value('application_name')).toBe('aqueduct');
});

test('a migration waits for another server that migrates, longer than a request would', async () => {
  const url = await newDatabase('PostgreSQL');
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  onTestFinished(() => other.end());
  // The lock that Kysely takes for its migrations.
  await other.query('select pg_advisory_lock(3853314791062309107)');
  const opening = reopen(url);
  await sleep(5000);
  await other.query('select pg_advisory_unlock(3853314791062309107)');
  await (await opening).write((tx) => tx.appendEvent('installation.filled', 'afterwards'));
}, 30_000);

test('long counts keep nobody from a connection', async () => {
  const { db } = await testContext('PostgreSQL');
  const counts = Array.from({ length: 20 }, () => db.bulk.first(answeredSoon, {}).catch(() => undefined));
  await sleep(100);
  const begun = performance.now();
  await db.first(setting, { name: 'search_path' });
  await db.slow.first(setting, { name: 'search_path' });
  await db.write((tx) => tx.appendEvent('installation.filled', 'meanwhile'));
  expect(performance.now() - begun).toBeLessThan(800);
  await Promise.all(counts);
});

test('a NUL, which PostgreSQL can not hold, is refused in lists too', async () => {
  const { db } = await testContext('PostgreSQL');
  await expect(db.all(usersAmong, { names: ['a', '\0'] })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(await db.all(usersAmong, { names: ['admin'] })).toHaveLength(1);
});

async function reopen(url: string | undefined): Promise<Database> {
  const db = await openDatabase({ url, dataDir: await temporaryFolder(), clock: systemClock() });
  onTestFinished(() => db.close());
  return db;
}

/** A connection of an administrator. */
async function client({ config }: Context): Promise<pg.Client> {
  const connected = new pg.Client({ connectionString: config.databaseUrl });
  await connected.connect();
  onTestFinished(() => connected.end());
  return connected;
}

/** The processes of PostgreSQL that sleep for us. */
async function sleeping(admin: pg.Client): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and state = 'active'
      and application_name = 'aqueduct' and query like '%pg_sleep(60)%'`,
  );
  return rows.map((row) => row.pid);
}
