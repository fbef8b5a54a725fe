import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../access/context.ts';
import { testContext } from '../../testing/test-context.ts';
import { databases, type TestDatabase } from '../../testing/test-database.ts';
import { EmbeddedQueue } from './embedded-queue.ts';
import type { JobQueue } from './job-queue.ts';

/** What every queue keeps to. */
const queues: Record<string, (ctx: Context, home: string) => JobQueue> = {
  embedded: (ctx, home) => new EmbeddedQueue(ctx, home),
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
        lose: async (id: number) => {
          lost.push(id);
          await ctx.db.write((tx) => next.finish(tx, id));
        },
      };
      const lost: number[] = [];
      await queue.start(handler, 2);
      for (const id of [1, 2, 3]) await ctx.db.write((tx) => queue.add(tx, id));
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual([1, 2]);
      // The same home starts anew: whatever had its jobs is dead.
      const next = queues[kind]?.(ctx, 'here') as JobQueue;
      onTestFinished(() => next.stop());
      await next.start(handler, 2);
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual([1, 2, 3]);
      expect(lost).toEqual([1, 2]);
    });
  });
});

async function open(kind: string, database: TestDatabase): Promise<{ ctx: Context; queue: JobQueue }> {
  const ctx = await testContext(database);
  const queue = queues[kind]?.(ctx, 'here');
  if (!queue) throw new Error(kind);
  return { ctx, queue };
}
