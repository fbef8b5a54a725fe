import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';

test('only so many works run at once, those that fail hold up none, and those taken back are not begun', async () => {
  const inTurn = inTurns(2);
  const leaving = new AbortController();
  let [running, most, begun] = [0, 0, 0];
  const work = (i: number) => async () => {
    begun += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    if (i === 1) throw new Error('It failed.');
    return i;
  };
  const works = [0, 1, 2, 3, 4].map((i) => inTurn(work(i), undefined));
  const takenBack = inTurn(work(5), leaving.signal);
  leaving.abort(new Error('Nobody waits.'));
  const results = await Promise.allSettled([...works, takenBack]);
  expect(
    results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.message)),
  ).toEqual([0, 'It failed.', 2, 3, 4, 'Nobody waits.']);
  expect(most).toBe(2);
  expect(begun).toBe(5);
});
