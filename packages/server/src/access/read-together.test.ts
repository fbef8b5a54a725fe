import { expect, test } from 'vitest';
import type { Context } from './context.ts';
import { readTogether } from './read-together.ts';

test('what is asked for at the same time is read at once, each once, and not kept', async () => {
  const asked: (readonly number[])[] = [];
  const double = readTogether(async (_, keys: readonly number[]) => {
    asked.push(keys);
    return keys.map((key) => (key < 0 ? new Error(`no ${key}`) : 2 * key));
  });
  const ctx = {} as Context;

  expect(await Promise.all([double(ctx, 1), double(ctx, 2), double(ctx, 1)])).toEqual([2, 4, 2]);
  expect(await double(ctx, 1)).toBe(2);
  await expect(double(ctx, -1)).rejects.toThrow('no -1');
  expect(asked).toEqual([[1, 2], [1], [-1]]);
});
