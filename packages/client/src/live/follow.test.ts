import { expect, test } from 'vitest';
import { Failure } from '../errors/failure.ts';
import { follow } from './follow.ts';

test('gives up when questions stay without an answer, with the last reason', async () => {
  let asks = 0;
  const nobody = follow<number>(
    {
      async *subscribe() {
        yield 1;
        throw new Failure('CONNECTION_LOST', 'The line broke.');
      },
      async ask() {
        asks += 1;
        throw new Failure('UNREACHABLE', `Nobody is there (${asks}).`);
      },
    },
    undefined,
    3,
  );
  const found: number[] = [];
  const all = async () => {
    for await (const item of nobody) found.push(item);
  };
  await expect(all()).rejects.toThrow('Nobody is there (4).');
  expect(found).toEqual([1]);
});

test('does not hide what no new attempt mends', async () => {
  const broken = new TypeError('a mistake of ours');
  const source = {
    subscribe: (): AsyncIterable<number> => {
      throw broken;
    },
    ask: async () => ({ items: [], isLast: true }),
  };
  await expect(follow(source, undefined).next()).rejects.toBe(broken);
});
