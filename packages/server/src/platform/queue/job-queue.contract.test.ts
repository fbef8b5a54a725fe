import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../access/context.ts';
import { testContext } from '../../testing/test-context.ts';
import { databases, type TestDatabase } from '../../testing/test-database.ts';
import type { Transaction } from '../database/database.ts';
import { EmbeddedQueue } from './embedded-queue.ts';
import { insertJob } from './job.queries.ts';
import type { JobQueue } from './job-queue.ts';

const HEARTBEAT_MS = 200;

/** What every queue keeps to. */
const queues: Record<string, (ctx: Context, home: string) => JobQueue> = {
  embedded: (ctx, home) => new EmbeddedQueue(ctx, home, { heartbeatMs: HEARTBEAT_MS }),
};

describe.each(Object.keys(queues))('the %s queue', (kind) => {
  describe.each(databases)('on %s', (database) => {
    test('runs each job once, so many at one time, in their order', async () => {
      const { ctx, queue } = await open(kind, database);
      const order: number[] = [];
      let running = 0;
      let most = 0;
      await queue.start(
        {
          take: async (_tx, id) => id,
          run: async (id) => {
            order.push(id);
            most = Math.max(most, ++running);
            await sleep(5);
            running -= 1;
            await ctx.db.write((tx) => queue.finish(tx, id));
          },
          lose: async () => undefined,
        },
        3,
      );
      const ids = Array.from({ length: 30 }, (_, i) => i + 1);
      for (const id of ids) await ctx.db.write((tx) => queue.add(tx, id));
      await expect.poll(() => order.length, { timeout: 20_000 }).toBe(ids.length);
      expect(order).toEqual(ids);
      expect(most).toBeLessThanOrEqual(3);
      await queue.stop();
      expect(running).toBe(0);
    });

    test('runs no job whose transaction was rolled back, and has room again', async () => {
      const { ctx, queue } = await open(kind, database);
      const ran: number[] = [];
      await queue.start(
        {
          take: async (_tx, id) => id,
          run: async (id) => {
            ran.push(id);
            await ctx.db.write((tx) => queue.finish(tx, id));
          },
          lose: async () => undefined,
        },
        1,
      );
      await ctx.db.write((tx) => queue.add(tx, 1));
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual([1]);
      const failing = ctx.db.write(async (tx) => {
        await queue.add(tx, 2);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await ctx.db.write((tx) => queue.add(tx, 3));
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual([1, 3]);
    });

    test('has room for no more jobs than its number, whatever comes together', async () => {
      const { ctx, queue } = await open(kind, database);
      const running = new Map<number, () => void>();
      await queue.start(
        {
          take: async (_tx, id) => id,
          run: (id) => new Promise<void>((resolve) => running.set(id, resolve)),
          lose: async () => undefined,
        },
        1,
      );
      await ctx.db.write((tx) => queue.add(tx, 1));
      await ctx.db.write((tx) => queue.add(tx, 2));
      await ctx.db.write((tx) => queue.cancel(tx, 2));
      // Behind a work that takes its time come two new jobs, then the look for waiting ones that the end of the first brings.
      const gate = Promise.withResolvers<void>();
      const works = [ctx.db.write(() => gate.promise)];
      for (const id of [3, 4]) works.push(ctx.db.write((tx) => queue.add(tx, id)));
      running.get(1)?.();
      running.delete(1);
      await sleep(50);
      gate.resolve();
      await Promise.all(works);
      await expect.poll(() => [...running.keys()], { timeout: 10_000 }).toContain(3);
      await sleep(100);
      expect([...running.keys()]).toEqual([3]);
      running.get(3)?.();
      running.delete(3);
      await expect.poll(() => [...running.keys()], { timeout: 10_000 }).toEqual([4]);
      running.get(4)?.();
    });

    test('takes a job that comes while another is taken, though there is no room for it yet', async () => {
      const { ctx, queue } = await open(kind, database);
      const running = new Map<number, () => void>();
      const added: Promise<void>[] = [];
      const add = (id: number) => added.push(ctx.db.write((tx) => queue.add(tx, id)));
      await queue.start(
        {
          take: async (tx, id) => {
            // As a task has one: what follows its commit comes between what follows those of others.
            tx.afterCommit(() => undefined);
            // Into the same commit.
            if (id === 3) for (const next of [4, 5]) add(next);
            return id;
          },
          run: (id) => new Promise<void>((resolve) => running.set(id, resolve)),
          lose: async () => undefined,
        },
        2,
      );
      for (const id of [1, 2, 3]) add(id);
      await Promise.all(added);
      const end = (...ids: number[]) => {
        for (const id of ids) {
          running.get(id)?.();
          running.delete(id);
        }
      };
      end(1, 2);
      await expect.poll(() => [...running.keys()], { timeout: 10_000 }).toEqual([3, 4]);
      end(3, 4);
      await expect.poll(() => [...running.keys()], { timeout: 5000 }).toEqual([5]);
      end(5);
    });

    test('takes a waiting job that could not be taken at first', async () => {
      const { ctx, queue } = await open(kind, database);
      const running = new Map<number, () => void>();
      let failures = 0;
      await queue.start(
        {
          take: async (_tx, id) => {
            if (id === 3 && ++failures === 1) throw new Error('no');
            return id;
          },
          run: (id) => new Promise<void>((resolve) => running.set(id, resolve)),
          lose: async () => undefined,
        },
        2,
      );
      for (const id of [1, 2, 3]) await ctx.db.write((tx) => queue.add(tx, id));
      // Together: then there is room for more than waits.
      for (const id of [1, 2]) running.get(id)?.();
      await expect.poll(() => running.has(3), { timeout: 5000 }).toBe(true);
      running.get(3)?.();
    });

    test('cancels what waits at once, tells what runs, and knows nothing of others', async () => {
      const { ctx, queue } = await open(kind, database);
      const started: number[] = [];
      const reasons: unknown[] = [];
      await queue.start(
        {
          take: async (_tx, id) => id,
          run: async (id, signal) => {
            started.push(id);
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            reasons.push([id, signal.reason]);
            await ctx.db.write((tx) => queue.finish(tx, id));
          },
          lose: async () => undefined,
        },
        1,
      );
      for (const id of [1, 2, 3]) await ctx.db.write((tx) => queue.add(tx, id));
      expect(await ctx.db.write((tx) => queue.cancel(tx, 2))).toBe('waiting');
      expect(await ctx.db.write((tx) => queue.cancel(tx, 9))).toBe('unknown');
      expect(await ctx.db.write((tx) => queue.cancel(tx, 1))).toBe('running');
      await expect.poll(() => reasons, { timeout: 10_000 }).toEqual([[1, 'cancelled']]);
      await expect.poll(() => started, { timeout: 10_000 }).toEqual([1, 3]);
      expect(await ctx.db.write((tx) => queue.cancel(tx, 3))).toBe('running');
      await queue.stop();
      expect(reasons).toContainEqual([3, 'cancelled']);
    });

    test('takes no job once it stops, and says so', async () => {
      const { ctx, queue } = await open(kind, database);
      const ending = Promise.withResolvers<void>();
      await queue.start(
        {
          take: async (_tx, id) => id,
          run: (_id, signal) =>
            new Promise((resolve) => {
              signal.onabort = () => void ending.promise.then(resolve);
            }),
          lose: async () => undefined,
        },
        1,
      );
      const add = (id: number) => ctx.db.write((tx) => queue.add(tx, id));
      await add(1);
      const stopped = queue.stop();
      await expect(add(2)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringMatching(/being stopped.*Try again/),
      });
      expect(queue.hasStopped).toBe(false);
      ending.resolve();
      await stopped;
      expect(queue.hasStopped).toBe(true);
    });

    test('loses the jobs of a worker that is gone, and runs them no second time', async () => {
      const { ctx, queue } = await open(kind, database);
      const ran: number[] = [];
      const never = new Promise<void>(() => undefined);
      const handler = {
        take: async (_tx: unknown, id: number) => id,
        run: async (id: number) => {
          ran.push(id);
          if (id < 3) await never;
          else await ctx.db.write((tx) => next.finish(tx, id));
        },
        lose: async (tx: Transaction, id: number) => {
          lost.push(id);
          await next.finish(tx, id);
        },
      };
      const lost: number[] = [];
      await queue.start(handler, 2);
      for (const id of [1, 2, 3]) await ctx.db.write((tx) => queue.add(tx, id));
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual([1, 2]);
      // From here on it is as good as killed: what it runs does not end. The same home starts anew.
      void queue.stop();
      const next = queues[kind]?.(ctx, 'here') as JobQueue;
      onTestFinished(() => next.stop());
      await next.start(handler, 2);
      await expect.poll(() => lost, { timeout: 10_000 }).toEqual([1, 2]);
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual([1, 2, 3]);
    });
  });

  test('on SQLite, which it has for itself, a queue adopts the jobs of other homes', async () => {
    const { ctx, queue } = await open(kind, 'SQLite');
    const ran: number[] = [];
    const lost: number[] = [];
    await ctx.db.write(async (tx) => {
      await tx.run(insertJob, { id: 1, home: 'a folder before it was restored', worker: 'its server' });
      await tx.run(insertJob, { id: 2, home: 'a folder before it was restored', worker: null });
    });
    await queue.start(
      {
        take: async (_tx, id) => id,
        run: async (id) => {
          ran.push(id);
          await ctx.db.write((tx) => queue.finish(tx, id));
        },
        lose: async (tx, id, isOwnHome) => {
          if (isOwnHome) lost.push(id);
          await queue.finish(tx, id);
        },
      },
      2,
    );
    expect(lost).toEqual([1]);
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual([2]);
  });
});

async function open(kind: string, database: TestDatabase): Promise<{ ctx: Context; queue: JobQueue }> {
  const ctx = await testContext(database);
  const queue = queues[kind]?.(ctx, 'here');
  if (!queue) throw new Error(kind);
  return { ctx, queue };
}
