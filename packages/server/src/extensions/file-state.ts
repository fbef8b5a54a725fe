import type { BigIntStats } from 'node:fs';

/** Longer than any tick of a file system's clock. */
const YOUNG_MS = 100;

/**
 * What tells whether a file is still as it was when it was read. A file that has only just been changed has no state: it
 * may change again within the same tick of the clock, and look the same.
 *
 * @param stats - Taken before the file was read.
 * @returns undefined while it is that young
 */
export function fileState(stats: BigIntStats): string | undefined {
  if (Date.now() - Number(stats.ctimeMs) < YOUNG_MS) return undefined;
  return [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();
}
