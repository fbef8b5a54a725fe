import type { Connection } from './connection.ts';

/**
 * The server answers an upload only when the bytes are safe on its disk, and it may halt in between while a slow disk
 * catches up. The half second for other answers would cut honest uploads.
 */
const UPLOAD_PATIENCE = 30;

/** Seconds in which nothing of an upload may move. */
export function patienceOf({ timeout }: Connection): number {
  return Math.max(timeout, UPLOAD_PATIENCE);
}

/** Of the bytes that were sent, so many may still lie in the buffers of the system and of a tunnel. */
const MOST_UNDERWAY = 8 * 1024 * 1024;
/** Bytes in a second. */
const SLOWEST_LINE = 32 * 1024;

/** Seconds, beside the patience, until the last of so many bytes has passed a slow line: of that nothing is seen here. */
export function secondsUnderway(sent: number): number {
  return Math.ceil(Math.min(sent, MOST_UNDERWAY) / SLOWEST_LINE);
}
