import { expect, test } from 'vitest';
import { RangeCache } from './range-cache.ts';

const MiB = 1024 * 1024;

function cacheOf(size: number) {
  const requests: [number, number][] = [];
  const byteAt = (at: number) => (at * 2654435761) >>> 24;
  const cache = new RangeCache(size, (start, end) => {
    requests.push([start, end]);
    return Uint8Array.from({ length: end - start }, (_, i) => byteAt(start + i));
  });
  const read = (at: number, length: number) => {
    const target = new Uint8Array(length);
    const count = cache.readInto(target, at);
    expect(target.subarray(0, count)).toEqual(Uint8Array.from({ length: count }, (_, i) => byteAt(at + i)));
    return count;
  };
  return { read, requests };
}

test('gives the bytes of any part, and fewer at the end', () => {
  const { read } = cacheOf(3 * MiB + 7);
  for (const at of [0, 5, MiB - 3, 2 * MiB + 1, 256 * 1024 - 1]) expect(read(at, 1000)).toBe(1000);
  expect(read(3 * MiB, 1000)).toBe(7);
  expect(read(4 * MiB, 10)).toBe(0);
});

test('asks once for what lies together, and not again for what it has', () => {
  const { read, requests } = cacheOf(64 * MiB);
  read(10, 20);
  read(100, 20);
  expect(requests).toEqual([[0, 256 * 1024]]);
  read(8 * MiB, 4 * MiB);
  expect(requests[1]).toEqual([8 * MiB, 12 * MiB]);
  expect(requests).toHaveLength(2);
});

test('who reads on is brought more at once', () => {
  const { read, requests } = cacheOf(64 * MiB);
  for (let at = 0; at < 32 * MiB; at += 64 * 1024) read(at, 64 * 1024);
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
