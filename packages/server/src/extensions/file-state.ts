import type { BigIntStats } from 'node:fs';

/** Longer than a tick of the clock of most file systems. */
const YOUNG_MS = 100;
/** Of those that count whole seconds (ext4 with small inodes, HFS+), and of FAT, which counts every second one. */
const YOUNG_IN_WHOLE_SECONDS_MS = 2100;
const SECOND_NS = 1_000_000_000n;

/**
 * What tells whether a file is still as it was when it was read. A file that has only just been changed has no state: it
 * may change again within the same tick of the clock, and look the same.
 *
 * @param stats - Taken before the file was read.
 * @returns undefined while it is that young
 */
export function fileState(stats: BigIntStats): string | undefined {
  const young = stats.ctimeNs % SECOND_NS === 0n ? YOUNG_IN_WHOLE_SECONDS_MS : YOUNG_MS;
  if (Date.now() - Number(stats.ctimeMs) < young) return undefined;
  return [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();
}
