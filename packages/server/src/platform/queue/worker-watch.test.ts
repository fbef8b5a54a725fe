import { expect, test } from 'vitest';
import { WorkerWatch } from './worker-watch.ts';

/** Looks each 5 s, or at these seconds, at a worker whose last heartbeat is given; says when it is gone for 20 s. */
function goneAt(beats: (second: number) => number | null, seconds: readonly number[]): number[] {
  const watch = new WorkerWatch(5000);
  return seconds.filter((second) => {
    const sign = { home: 'there', worker: 'other', seen_at: beats(second) };
    watch.look([sign], second * 1000);
    return watch.unseenFor(sign) >= 20_000;
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

test('a worker lives that was seen twice with another heartbeat, also after all stood still', () => {
  const watch = new WorkerWatch(5000);
  const seen = (second: number, beat: number) => {
    const sign = { home: 'there', worker: 'other', seen_at: beat };
    watch.look([sign], second * 1000);
    return watch.hasMoved(sign);
  };
  expect([seen(0, 1), seen(5, 1), seen(10, 2), seen(15, 2), seen(60, 2)]).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});
