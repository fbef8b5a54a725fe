import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { type Context, createContext } from '../../access/context.ts';
import { createExperiment } from '../../experiments/create-experiment.ts';
import { testContext } from '../../testing/test-context.ts';
import { newDatabase, temporaryFolder } from '../../testing/test-database.ts';
import { systemClock } from '../clock.ts';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { asAqueductError } from '../errors/as-aqueduct-error.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { query } from './query.ts';
import { waitForOtherServers } from './wait-for-other-servers.ts';

const answeredLate = query()<{ slept: string }>(() => sql`select pg_sleep(6)::text as slept`);
const answeredMuchLater = query()<{ slept: string }>(() => sql`select pg_sleep(60)::text as slept`);
const answeredSoon = query()<{ slept: string }>(() => sql`select pg_sleep(1)::text as slept`);
const setting = query<{ name: string }>()<{ value: string }>(
  (_, p) => sql`select current_setting(${p.name}) as value`,
);
const usersAmong = query<{ names: readonly string[] }>()((db, p, dialect) =>
  db.selectFrom('user').select('uuid').where(dialect.isAmong('username', p.names)),
);
const seeOther = query<{ secondsAgo: number }>()(
  (_, p) => sql`insert into worker (id, home, seen_at)
    values ('x', 'another', (extract(epoch from clock_timestamp()) - cast(${p.secondsAgo} as int)) * 1000000)
    on conflict (id) do update set seen_at = excluded.seen_at`,
);
const setIdleTimeout = query()(() => sql`set local idle_in_transaction_session_timeout = 100`);
const ownProcess = query()<{ pid: number }>(() => sql`select pg_backend_pid() as pid`);
const wrong = query()(() => sql`select 1 / 0`);
const REFUSED_WITHIN_MS = 5500;
const EACH = 10;
/** More than there are connections for anything. */
const MANY = 12;

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

test('a write that passes over a failed statement is not taken for done', async () => {
  const ctx = await testContext('PostgreSQL');
  const passing = ctx.db.write(async (tx) => {
    await tx.appendEvent('installation.filled', 'lost');
    await tx.run(wrong, {}).catch(() => undefined);
  });
  await expect(passing).rejects.toThrow('PostgreSQL answered ROLLBACK to a commit');
  await ctx.db.write((tx) => tx.appendEvent('installation.filled', 'kept'));
  const { rows } = await (await client(ctx)).query('select entity_id from aqueduct.event');
  expect(rows.map((row) => row.entity_id)).toEqual(['kept']);
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

test('a new database that lacks characters is refused', async () => {
  const url = new URL((await newDatabase('PostgreSQL')) ?? '');
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  onTestFinished(() => admin.end());
  const name = `${url.pathname.slice(1)}_latin1`;
  await admin.query(`create database ${name} template template0 encoding 'LATIN1' locale 'C'`);
  url.pathname = name;
  await expect(reopen(url.href)).rejects.toThrow(
    'has the encoding LATIN1, in which not all texts can be stored',
  );
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

test('tables change when no other server shows itself any more, or one of this version has changed them', async () => {
  const url = await newDatabase('PostgreSQL');
  const db = await reopen(url);
  const pool = new pg.Pool({ connectionString: url, options: '-c search_path=aqueduct' });
  onTestFinished(() => pool.end());
  const beat = (secondsAgo: number) => db.write((tx) => tx.run(seeOther, { secondsAgo }));
  const told: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void told.push(JSON.parse(line).msg) });
  const wait = (isDone: boolean, liveMs?: number) =>
    waitForOtherServers(pool, 'lab', async () => isDone, {
      log,
      patienceMs: 0,
      ...(liveMs ? { liveMs } : {}),
    });
  await wait(false);
  expect(told).toEqual([]);
  await beat(5);
  await expect(wait(false)).rejects.toThrow('Another server works on the database lab');
  expect(told).toEqual([expect.stringContaining('waiting for its end')]);
  await wait(true);
  await wait(false, 1000);
  await beat(30);
  await wait(false);
  // Before the clock of the database was set back.
  await beat(-3600);
  await wait(false);
});

test('long counts keep nobody from a connection, and wait for each other', async () => {
  const { db } = await testContext('PostgreSQL');
  const counts = Array.from({ length: MANY }, () => db.bulk.first(answeredSoon, {}));
  await sleep(100);
  const begun = performance.now();
  await db.first(setting, { name: 'search_path' });
  await db.slow.first(setting, { name: 'search_path' });
  await db.write((tx) => tx.appendEvent('installation.filled', 'meanwhile'));
  expect(performance.now() - begun).toBeLessThan(800);
  await Promise.all(counts);
});

test('slow reads keep nobody from a connection, and wait for each other', async () => {
  const { db } = await testContext('PostgreSQL');
  const reads = Array.from({ length: MANY }, () => db.slow.first(answeredSoon, {}));
  await sleep(100);
  const begun = performance.now();
  await db.first(setting, { name: 'search_path' });
  await db.bulk.first(setting, { name: 'search_path' });
  expect(performance.now() - begun).toBeLessThan(800);
  await Promise.all(reads);
});

test('those that wait for queries which PostgreSQL never answers are refused with them', async () => {
  const line = await lineTo(await newDatabase('PostgreSQL'));
  const db = await reopen(line.url);
  const begun = performance.now();
  const queries = Array.from({ length: 20 }, () => db.bulk.first(answeredSoon, {}));
  const ends = Promise.allSettled(queries);
  await queries[0];
  line.fallSilent();
  const codes = (await ends).map((end) => 'reason' in end && asAqueductError(end.reason).code);
  expect(codes.filter((code) => code === 'UNAVAILABLE').length).toBeGreaterThan(10);
  expect(codes).not.toContain('INTERNAL');
  // One answer, then none for two, then no connection for two; for all in turn it would take 17 s.
  expect(performance.now() - begun).toBeLessThan(11_000);
}, 30_000);

test('of works that share a commit none is refused for what another one failed at when the connection broke', async () => {
  const ctx = await testContext('PostgreSQL');
  const admin = await client(ctx);
  const other = ctx.db.write((tx) => tx.appendEvent('installation.filled', 'lost'));
  const failing = ctx.db.write(async (tx) => {
    const pid = (await tx.first(ownProcess, {}))?.pid;
    await admin.query('select pg_terminate_backend($1, 5000)', [pid]);
    throw new AqueductError('NOT_FOUND', 'What another one looked for.');
  });
  const [broken, failed] = await Promise.allSettled([other, failing]);
  expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
  expect(broken.status).toBe('rejected');
  expect(asAqueductError('reason' in broken ? broken.reason : undefined).code).toBe('UNAVAILABLE');
  await ctx.db.write((tx) => tx.appendEvent('installation.filled', 'afterwards'));
});

test.each(['repeatable read', 'serializable'])(
  'servers write beside each other in a database whose transactions are %s',
  async (level) => {
    const ctx = await testContext('PostgreSQL');
    const admin = await client(ctx);
    const { rows } = await admin.query<{ name: string }>('select current_database() as name');
    await admin.query(`alter database ${rows[0]?.name} set default_transaction_isolation = '${level}'`);
    const servers = await Promise.all([1, 2].map(() => reopen(ctx.config.databaseUrl)));
    const creators = servers.flatMap((db) => Array(8).fill(createContext({ ...ctx, db }, ctx.viewer)));
    const eids = new Set<string>();
    const create = async (creator: Context) => {
      for (let i = 0; i < EACH; i += 1)
        eids.add((await createExperiment(creator, { title: 'x', description: '', tags: ['t'] })).eid);
    };
    await Promise.all(creators.map(create));
    expect(eids.size).toBe(creators.length * EACH);
  },
);

test.each([
  ['40001', 'could not serialize access due to concurrent update'],
  ['40P01', 'deadlock detected'],
  ['55P03', 'canceling statement due to lock timeout'],
  ['58030', 'could not read file "base/16384/2619": Input/output error'],
  ['XX001', 'invalid page in block 3 of relation base/16384/16401'],
])('what PostgreSQL refuses with %s may be tried again', async (state, message) => {
  const ctx = await testContext('PostgreSQL');
  const raising = query()(() =>
    sql.raw(`do $$ begin raise exception '${message}' using errcode = '${state}'; end $$`),
  );
  const error = await ctx.db.run(raising, {}).catch((failure: unknown) => asAqueductError(failure));
  expect(error).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
});

test.each([
  ['has another name', 'alter database NAME rename to NAME_away', 'alter database NAME_away rename to NAME'],
  [
    'takes no connections',
    'alter database NAME allow_connections false',
    'alter database NAME allow_connections true',
  ],
  ['lets us in by another password', "alter role NAME password 'new'", "alter role NAME password 'old'"],
  ['lets us in no more', 'alter role NAME nologin', 'alter role NAME login'],
])('a database that %s may be there later', async (_, takeAway, giveBack) => {
  const address = new URL((await newDatabase('PostgreSQL')) ?? '');
  const name = address.pathname.slice(1);
  const admin = new pg.Client({ connectionString: new URL('/postgres', address).href });
  await admin.connect();
  onTestFinished(() => admin.end());
  await admin.query(`create role ${name} superuser login password 'old'`);
  address.username = name;
  address.password = 'old';
  const db = await reopen(address.href);
  const read = () => db.first(setting, { name: 'search_path' });
  await read();
  await admin.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [
    name,
  ]);
  await admin.query(takeAway.replaceAll('NAME', name));
  // By then it is known that the connections of before are lost.
  await sleep(100);
  const error = await read().catch((failure: unknown) => asAqueductError(failure));
  expect(error).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 2 });
  await admin.query(giveBack.replaceAll('NAME', name));
  await read();
});

test.each([
  ['as the address has it', (url: URL) => void (url.password = 'secret-1')],
  ['as a parameter', (url: URL) => url.searchParams.set('password', 'secret-1')],
])('a password stands in no message, %s', async (_, give) => {
  const url = new URL((await newDatabase('PostgreSQL')) ?? '');
  give(url);
  await expect(reopen(url.href)).rejects.toThrow(/^The database postgres:.* can't be used:/);
  await expect(reopen(url.href)).rejects.not.toThrow('secret-1');
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

/** A line to a database that can fall silent: it stays open and takes new connections, but brings nothing any more. */
async function lineTo(url: string | undefined) {
  const address = new URL(url ?? '');
  const { port, hostname } = address;
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((ours) => {
    sockets.add(ours.on('error', () => undefined));
    if (isSilent) return;
    const theirs = connect(Number(port), hostname).on('error', () => undefined);
    sockets.add(theirs);
    ours.pipe(theirs).pipe(ours);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  address.port = String((server.address() as AddressInfo).port);
  return {
    url: address.href,
    fallSilent() {
      isSilent = true;
      for (const socket of sockets) socket.unpipe();
    },
  };
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
