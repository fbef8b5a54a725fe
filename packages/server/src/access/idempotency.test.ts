import { describe, expect, test } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { createContext } from './context.ts';
import { forgetOldKeys } from './idempotency.ts';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;

describe.each(databases)('keys of requests, on %s', (database) => {
  test('are good for 7 days, and then forgotten', async () => {
    const ctx = await testContext(database);
    let now = ctx.clock.now();
    const clock = { ...ctx.clock, now: () => now };
    let runs = 0;
    const ask = (key: string) =>
      createContext({ ...ctx, clock }, ctx.viewer, key).write(async () => {
        runs += 1;
        return runs;
      });
    expect([await ask('old'), await ask('old')]).toEqual([1, 1]);
    now += DAY;
    expect(await ask('new')).toBe(2);
    now += 6 * DAY - HOUR;
    await forgetOldKeys(ctx.db, clock);
    expect([await ask('old'), await ask('new')]).toEqual([1, 2]);
    now += 2 * HOUR;
    await forgetOldKeys(ctx.db, clock);
    expect([await ask('old'), await ask('new')]).toEqual([3, 2]);
  });

  test('are each user’s own', async () => {
    const ctx = await testContext(database);
    const ask = (uuid: string) =>
      createContext(ctx, { ...ctx.viewer, uuid }, 'key').write(() => Promise.resolve(uuid));
    const other = ctx.newUuid();
    expect([await ask(ctx.viewer.uuid), await ask(other)]).toEqual([ctx.viewer.uuid, other]);
  });

  test('have 1 to 255 visible characters of ASCII', async () => {
    const ctx = await testContext(database);
    const ask = (key: string) => createContext(ctx, ctx.viewer, key).write(() => Promise.resolve('done'));
    for (const key of ['k', ' ~', 'k'.repeat(255)]) expect(await ask(key)).toBe('done');
    for (const key of ['', 'k'.repeat(256), 'ä', 'a\tb', 'a\x7f'])
      expect(() => ask(key)).toThrow('Idempotency-Key takes 1 to 255 visible ASCII characters');
  });
});
