import { fileURLToPath } from 'node:url';
import { type Child, startNode } from './child.ts';

/** The floors: the least that a server must do for the same work. Each is a file in `floors/`. */
export type Floor = 'bytes' | 'create' | 'like-scan' | 'upload' | 'upload-small' | 'download' | 'spawn';

/** Starts a floor, in a process of its own like ours. */
export function startFloor(floor: Floor, ...args: readonly (string | number)[]): Promise<Child> {
  const file = fileURLToPath(new URL(`../floors/${floor}.ts`, import.meta.url));
  return startNode([file, ...args.map(String)], /^(\d+)\n/);
}
