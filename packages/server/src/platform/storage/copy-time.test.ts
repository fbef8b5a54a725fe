import { expect, test } from 'vitest';
import { compareTimes, copyTime } from './copy-time.ts';

const SECOND = 1_000_000_000n;
const object = { mtimeNs: 1_764_000_000n * SECOND + 123_456_789n };
/** When copies and other files of these tests were changed last. */
const NOW = 1_764_000_009n * SECOND + 987_654_321n;
const keys = Array.from({ length: 1000 }, (_, i) => `20251124/${i.toString(16).padStart(32, '0')}`);

/** A time as a disk keeps it whose times are multiples of so many nanoseconds. */
const kept = (time: bigint, unit: bigint) => time - (time % unit);

/** The copy of an object on such a disk. */
function copyOf(key: string, unit: bigint) {
  const nanoseconds = BigInt(Math.trunc((copyTime(key, object) % 1) * 1e9));
  const time = BigInt(Math.trunc(copyTime(key, object))) * SECOND + nanoseconds;
  return { mtimeNs: kept(time, unit), ctimeNs: kept(NOW, unit) };
}

test.each([
  ['nanoseconds', 1n],
  ['100 ns, as Windows', 100n],
  ['microseconds', 1000n],
  ['milliseconds', 1_000_000n],
  ['10 ms, as exFAT', 10_000_000n],
])('a copy is known on a disk that keeps %s', (_, unit) => {
  for (const key of keys) expect(compareTimes(key, object, copyOf(key, unit)), key).toBe('marked');
});

test('a disk that keeps whole seconds leaves it in doubt', () => {
  for (const key of keys) expect(compareTimes(key, object, copyOf(key, SECOND))).toBe('perhaps');
});

test('a disk that keeps every other second leaves it in doubt, too', () => {
  const later = { mtimeNs: object.mtimeNs + SECOND };
  for (const key of keys) {
    const kept = copyOf(key, 2n * SECOND);
    for (const each of [object, later]) expect(compareTimes(key, each, kept)).toBe('perhaps');
    expect(compareTimes(key, { mtimeNs: object.mtimeNs + 2n * SECOND }, kept)).toBeUndefined();
  }
});

test('copies of other objects, stored in the same second, are told apart', () => {
  const [first = '', ...others] = keys;
  const alike = others.filter((key) => compareTimes(first, object, copyOf(key, 1n)));
  expect(alike).toEqual([]);
});

test('copies of earlier versions are known by their half second', () => {
  const mtimeNs = kept(object.mtimeNs, SECOND) + SECOND / 2n;
  expect(compareTimes(keys[0] ?? '', object, { mtimeNs, ctimeNs: NOW })).toBe('marked');
});

test.each([
  ['the time of the object itself', object.mtimeNs],
  ['whole seconds, on a disk that keeps more', kept(object.mtimeNs, SECOND)],
  ['tenths of a second, on such a disk', kept(object.mtimeNs, SECOND / 10n)],
  ['another second', copyOf(keys[0] ?? '', 1n).mtimeNs + SECOND],
])('a file with %s is no copy', (_, mtimeNs) => {
  for (const key of keys) expect(compareTimes(key, object, { mtimeNs, ctimeNs: NOW })).toBeUndefined();
});
