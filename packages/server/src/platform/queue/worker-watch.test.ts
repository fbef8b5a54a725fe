import { expect, test } from 'vitest';
import type { TakenJob } from './job.queries.ts';
import { WorkerWatch } from './worker-watch.ts';

/** Looks each 5 s, or at these seconds, at a worker whose last heartbeat is given; says when it is gone. */
function goneAt(beats: (second: number) => number | null, seconds: readonly number[]): number[] {
  const watch = new WorkerWatch(5000);
  return seconds.filter((second) => {
    const job: TakenJob = { id: 1, home: 'there', worker: 'other', seen_at: beats(second) };
    return watch.look([job], second * 1000).length > 0;
  });
}

const steady = Array.from({ length: 13 }, (_, i) => i * 5);

test('a worker is gone when its heartbeat stays the same for 20 s', () => {
  expect(goneAt((second) => second, steady)).toEqual([]);
  expect(goneAt((second) => Math.min(second, 20), steady)).toEqual([40, 45, 50, 55, 60]);
});

test('one that the database does not know is gone after 20 s, not at once', () => {
  expect(goneAt(() => null, steady)).toEqual([20, 25, 30, 35, 40, 45, 50, 55, 60]);
  expect(goneAt((second) => (second < 15 ? null : second), steady)).toEqual([]);
});

test('whoever could not write itself for a while judges nobody by that while', () => {
  const stalled = [0, 5, 10, 40, 45, 50, 55, 60];
  expect(goneAt(() => 0, stalled)).toEqual([60]);
  expect(goneAt((second) => (second <= 45 ? 0 : second), stalled)).toEqual([]);
});

test('the clock of the database may be set: only a change counts', () => {
  expect(goneAt((second) => (second < 30 ? second : second - 7200), steady)).toEqual([]);
});
