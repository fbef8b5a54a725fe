import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

test('works run in their order, none beside another, also behind one that fails', async () => {
  const inTurn = oneAtATime();
  const seen: string[] = [];
  const work = (name: string, ms: number) =>
    inTurn(async () => {
      seen.push(`${name} begins`);
      await sleep(ms);
      seen.push(`${name} ends`);
      if (name === 'b') throw new Error('no');
      return name;
    });
  const ends = await Promise.allSettled([work('a', 20), work('b', 5), work('c', 1)]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
