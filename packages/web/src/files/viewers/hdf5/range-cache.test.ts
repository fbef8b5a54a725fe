import { expect, test } from 'vitest';
import { RangeCache } from './range-cache.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

function cacheOf(size: number) {
  const requests: (readonly [start: number, end: number])[] = [];
  const cache = new RangeCache(size, (start, end) => {
    requests.push([start, end]);
    const bytes = new Uint8Array(end - start);
    // Each stretch of 64 KiB has a number of its own.
    for (let at = 0; at < bytes.length; at += 64 * KiB)
      bytes.fill((start + at) / (64 * KiB), at, at + 64 * KiB);
    return bytes;
  });
  const read = (at: number, length: number) => {
    const target = new Uint8Array(length);
    return { count: cache.readInto(target, at), first: target[0], last: target[length - 1] };
  };
  return { read, requests };
}

test('gives the bytes of any part, and fewer at the end', () => {
  const { read } = cacheOf(3 * MiB + 7);
  expect(read(0, 10)).toEqual({ count: 10, first: 0, last: 0 });
  expect(read(64 * KiB - 1, 2)).toEqual({ count: 2, first: 0, last: 1 });
  expect(read(256 * KiB - 1, 768 * KiB + 2)).toEqual({ count: 768 * KiB + 2, first: 3, last: 16 });
  expect(read(3 * MiB, 1000).count).toBe(7);
  expect(read(4 * MiB, 10).count).toBe(0);
});

test('asks once for what lies together, and not again for what it has', () => {
  const { read, requests } = cacheOf(64 * MiB);
  read(10, 20);
  read(100, 20);
  expect(requests).toEqual([[0, 256 * KiB]]);
  read(8 * MiB, 4 * MiB);
  expect(requests.slice(1)).toEqual([[8 * MiB, 12 * MiB]]);
});

test('who reads on is brought more at once', () => {
  const { read, requests } = cacheOf(64 * MiB);
  for (let at = 0; at < 32 * MiB; at += 256 * KiB) read(at, 100);
  expect(requests.length).toBeLessThan(12);
  expect(Math.max(...requests.map(([start, end]) => end - start))).toBe(8 * MiB);
});

test('keeps no more than 64 MiB', () => {
  const { read, requests } = cacheOf(200 * MiB);
  for (let at = 0; at < 80 * MiB; at += 8 * MiB) read(at, 8 * MiB);
  const before = requests.length;
  read(79 * MiB, 10);
  expect(requests).toHaveLength(before);
  read(0, 10);
  expect(requests).toHaveLength(before + 1);
});
