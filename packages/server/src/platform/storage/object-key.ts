import { randomUUID } from 'node:crypto';

const DAY = /^\d{8}$/;
const KEY = /^\d{8}\/[0-9a-f]{32}$/;
const DAY_MS = 86_400_000;

/** The permissions of an object: nobody writes to it again. */
export const OBJECT_MODE = 0o444;

let today = { start: 0, name: '19700101' };

/**
 * A key that no object has: `YYYYMMDD/<32 hex>`.
 *
 * @param prefix - Its first 12 hexadecimal digits.
 */
export function newObjectKey(prefix: string): string {
  // Node makes many UUIDs at a time; 20 of their digits are no part of a version.
  const uuid = randomUUID();
  return `${dayOfNow()}/${prefix}${uuid.slice(0, 8)}${uuid.slice(24)}`;
}

export function isObjectKey(text: string): boolean {
  return KEY.test(text);
}

/** Whether keys may begin with this day. */
export function isDayOfKeys(text: string): boolean {
  return DAY.test(text);
}

/** UTC. To write a date takes as long as all else about a key. */
function dayOfNow(): string {
  const now = Date.now();
  const start = now - (now % DAY_MS);
  if (start !== today.start) {
    today = { start, name: new Date(start).toISOString().slice(0, 10).replaceAll('-', '') };
  }
  return today.name;
}
