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
