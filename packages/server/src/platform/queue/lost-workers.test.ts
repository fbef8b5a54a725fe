import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../access/context.ts';
import { testContext } from '../../testing/test-context.ts';
import type { Database, Transaction } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { EmbeddedQueue } from './embedded-queue.ts';
import { insertJob, seeWorker } from './job.queries.ts';

const HEARTBEAT_MS = 200;
const LOST_AFTER_MS = 4 * HEARTBEAT_MS;
const HOME_LOST_AFTER_MS = 6 * HEARTBEAT_MS;

test('a worker whose last heartbeat is old has time to come back, and is lost when it does not', async () => {
  const { ctx, lost, start } = await open();
  await seeOther(ctx, ctx.clock.now() - 3_600_000_000);
  await ctx.db.write((tx) => tx.run(insertJob, { id: 1, home: 'there', worker: 'other' }));
  await start('here');
  expect(lost).toEqual([]);
  await often(() => seeOther(ctx, ctx.clock.now()));
  expect(lost).toEqual([]);
  const begun = performance.now();
  await expect.poll(() => lost, { interval: 20 }).toEqual([1]);
  expect(performance.now() - begun).toBeGreaterThan(LOST_AFTER_MS - 2 * HEARTBEAT_MS);
});

test('a worker that the database does not know is not lost at once', async () => {
  const { ctx, lost, start } = await open();
  await ctx.db.write((tx) => tx.run(insertJob, { id: 1, home: 'there', worker: 'forgotten' }));
  await start('here');
  expect(lost).toEqual([]);
  await expect.poll(() => lost).toEqual([1]);
});

test('a worker that comes back while the jobs of others are ended keeps its own', async () => {
  const { ctx, start } = await open();
  const lost: number[] = [];
  await ctx.db.write(async (tx) => {
    await tx.run(insertJob, { id: 1, home: 'there', worker: 'dead' });
    await tx.run(insertJob, { id: 2, home: 'yonder', worker: 'slow' });
  });
  const queue = await start('here', async (tx, id) => {
    lost.push(id);
    await queue.finish(tx, id);
    await tx.run(seeWorker, { id: 'slow', home: 'yonder', now: ctx.clock.now() });
  });
  await expect.poll(() => lost).toEqual([1]);
  await sleep(HEARTBEAT_MS);
  expect(lost).toEqual([1]);
});

test('what keeps all from writing makes nobody look dead, whoever is back first', async () => {
  const { ctx, lost, start } = await open();
  const see = () => seeOther(ctx, ctx.clock.now());
  await see();
  await ctx.db.write((tx) => tx.run(insertJob, { id: 1, home: 'there', worker: 'other' }));
  await start('here');
  await often(see);
  const holder = await openAgain(ctx);
  // So that it has seen the last one.
  await sleep(1.5 * HEARTBEAT_MS);
  await holder.write(() => sleep(2 * LOST_AFTER_MS));
  await sleep(2 * HEARTBEAT_MS);
  await often(see);
  expect(lost).toEqual([]);
});

test('what an earlier start in the same home had is lost sooner than what others have', async () => {
  const { ctx, lost, start } = await open();
  await ctx.db.write(async (tx) => {
    await tx.run(seeWorker, { id: 'earlier', home: 'here', now: ctx.clock.now() });
    await tx.run(insertJob, { id: 1, home: 'there', worker: 'dead' });
    await tx.run(insertJob, { id: 2, home: 'here', worker: 'earlier' });
  });
  await start('here');
  await expect.poll(() => lost).toEqual([2, 1]);
});

test('servers of which one has a copy of the data folder of the other do not end its tasks, and tell of it', async () => {
  const { ctx, lost, errors, start } = await open();
  const first = await start('here');
  await ctx.db.write((tx) => first.add(tx, 1));
  await start('here');
  await sleep(2 * LOST_AFTER_MS);
  expect(lost).toEqual([]);
  const advice = expect.stringMatching(/^Another server .* delete the file server\.id/);
  await expect.poll(() => errors).toEqual([advice, advice]);
  await first.stop();
  await expect.poll(() => lost).toEqual([1]);
});

test('jobs that wait for a server that does not come back are lost after a longer time', async () => {
  const { ctx, lost, start } = await open();
  await seeOther(ctx, ctx.clock.now());
  await ctx.db.write(async (tx) => {
    for (const id of [1, 2, 3]) await tx.run(insertJob, { id, home: 'there', worker: null });
    await tx.run(insertJob, { id: 4, home: 'yonder', worker: null });
  });
  const begun = performance.now();
  await start('here');
  await expect.poll(() => lost.toSorted(), { interval: 20 }).toEqual([1, 2, 3, 4]);
  expect(performance.now() - begun).toBeGreaterThan(HOME_LOST_AFTER_MS - HEARTBEAT_MS);
});

test('a server shows that it is there also while it ends many jobs of one that is gone', async () => {
  const { ctx, lost, start } = await open();
  const waiting = Array.from({ length: 40 }, (_, i) => i + 1);
  await ctx.db.write(async (tx) => {
    for (const id of waiting) await tx.run(insertJob, { id, home: 'there', worker: null });
  });
  const ended: number[] = [];
  const busy = await start('here', async (tx, id) => {
    // All together, twice as long as others wait for a heartbeat.
    await sleep((2 * LOST_AFTER_MS) / waiting.length);
    await busy.finish(tx, id);
    ended.push(id);
  });
  await ctx.db.write((tx) => busy.add(tx, 100));
  await expect.poll(() => ended.length, { timeout: 10_000 }).toBeGreaterThan(0);
  await start('yonder');
  await expect.poll(() => [...ended, ...lost].length, { timeout: 10_000 }).toBeGreaterThanOrEqual(40);
  await sleep(LOST_AFTER_MS);
  expect([...ended, ...lost].toSorted((a, b) => a - b)).toEqual(waiting);
});

test('jobs that wait for a server that is being restarted are not lost', async () => {
  const { ctx, lost, start } = await open();
  // Before the clock of the database was set back.
  const now = ctx.clock.now() + 3_600_000_000;
  await ctx.db.write(async (tx) => {
    await tx.run(seeWorker, { id: 'earlier', home: 'there', now });
    await tx.run(insertJob, { id: 1, home: 'there', worker: null });
  });
  await start('here');
  await sleep(LOST_AFTER_MS);
  await often(() => seeOther(ctx, ctx.clock.now()));
  expect(lost).toEqual([]);
});

test('a server that comes back while the jobs that wait for it are ended keeps the others', async () => {
  const { ctx, start } = await open();
  const lost: number[] = [];
  await ctx.db.write(async (tx) => {
    for (const id of [1, 2]) await tx.run(insertJob, { id, home: 'there', worker: null });
  });
  const queue = await start('here', async (tx, id) => {
    lost.push(id);
    await queue.finish(tx, id);
    await tx.run(seeWorker, { id: 'other', home: 'there', now: ctx.clock.now() });
  });
  await expect.poll(() => lost).toEqual([1]);
  await sleep(HEARTBEAT_MS);
  expect(lost).toEqual([1]);
});

/** The heartbeat of a server that only these tests know. */
async function seeOther({ db }: Context, now: number): Promise<void> {
  await db.write((tx) => tx.run(seeWorker, { id: 'other', home: 'there', now }));
}

/** As often as a heartbeat, for a while. */
async function often(work: () => Promise<void>): Promise<void> {
  for (let waited = 0; waited < 2 * LOST_AFTER_MS; waited += HEARTBEAT_MS) {
    await sleep(HEARTBEAT_MS);
    await work();
  }
}

type Lose = (tx: Transaction, id: number) => Promise<void>;

/** A database of several servers, which jobs they found lost, and the errors in their logs. */
async function open() {
  const ctx = await testContext('PostgreSQL');
  const lost: number[] = [];
  const errors: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void errors.push(JSON.parse(line).msg) });
  const start = async (home: string, lose?: Lose): Promise<EmbeddedQueue> => {
    const needs = { ...ctx, db: await openAgain(ctx), log };
    const queue = new EmbeddedQueue(needs, home, {
      heartbeatMs: HEARTBEAT_MS,
      homeLostAfterMs: HOME_LOST_AFTER_MS,
    });
    onTestFinished(() => queue.stop());
    const handler = {
      take: async (_tx: Transaction, id: number) => id,
      run: (_id: number, signal: AbortSignal) =>
        new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
      lose:
        lose ??
        (async (tx: Transaction, id: number) => {
          lost.push(id);
          await queue.finish(tx, id);
        }),
    };
    await queue.start(handler, 1);
    return queue;
  };
  return { ctx, lost, errors, start };
}

/** As another server has it. */
async function openAgain({ config, clock }: Context): Promise<Database> {
  const db = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, clock });
  onTestFinished(() => db.close());
  return db;
}
