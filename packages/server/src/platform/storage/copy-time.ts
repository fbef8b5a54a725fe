import { hash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';

const SECOND = 1_000_000_000n;
/** What copies of earlier versions have in the place of a mark: half a second. */
const OLD_MARK = '5';
const MARK_DIGITS = 6;

/**
 * The time that a copy of an object gets, in seconds since 1970: the second of the object, and a mark behind it, by which
 * the copy is known as ours. Each object has a mark of its own, so that versions of one second are not taken for each
 * other.
 */
export function copyTime(key: string, object: Pick<BigIntStats, 'mtimeNs'>): number {
  // Half a microsecond more: a number is off by some 100 ns, and disks round down.
  return Number(object.mtimeNs / SECOND) + (Number(markOf(key)) + 0.5) / 10 ** MARK_DIGITS;
}

/**
 * Whether a file has the time of a copy of an object: `marked` tells that it is ours. `perhaps` is all that a disk can
 * tell which keeps whole seconds, or every other one.
 */
export function compareTimes(
  key: string,
  object: Pick<BigIntStats, 'mtimeNs'>,
  file: Pick<BigIntStats, 'mtimeNs' | 'ctimeNs'>,
): 'marked' | 'perhaps' | undefined {
  const [second, objectSecond] = [file.mtimeNs / SECOND, object.mtimeNs / SECOND];
  const digits = digitsOf(file.mtimeNs);
  // FAT keeps every other second.
  const isKeptByFat = digits === '' && second === objectSecond - (objectSecond % 2n);
  if (second !== objectSecond && !isKeptByFat) return undefined;
  const mark = markOf(key);
  if (digits.startsWith(mark) || digits === OLD_MARK) return 'marked';
  // A disk that keeps fewer digits keeps fewer of every time, and nobody sets that of the last change.
  const isCoarse = digits.length < MARK_DIGITS && digitsOf(file.ctimeNs).length < MARK_DIGITS;
  if (!isCoarse || !mark.startsWith(digits)) return undefined;
  return digits === '' ? 'perhaps' : 'marked';
}

/** Its first and last digit are never 0, so that it seems to be cut off only where it is. */
function markOf(key: string): string {
  const number = Number.parseInt(hash('sha256', key, 'hex').slice(0, 12), 16);
  return String(100_005 + (number % 90_000) * 10);
}

/** What stands behind the second, without the zeros of the end. */
function digitsOf(time: bigint): string {
  return String(time % SECOND)
    .padStart(9, '0')
    .replace(/0+$/, '');
}
