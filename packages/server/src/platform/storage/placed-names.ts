import type { BigIntStats } from 'node:fs';
import { looksLikeOurs, statOf } from './shown-object.ts';

/** Names that are remembered: the latest. */
const MOST_NAMES = 1000;

interface Placed {
  readonly key: string;
  readonly file: BigIntStats;
}

/**
 * What this server has lately put under readable names. Where another one replaced the version meanwhile and removed its
 * bytes, the name alone is left, with nothing to compare it with.
 */
export class PlacedNames {
  readonly #names = new Map<string, Placed>();

  /** Remembers that the object of a key has just been put there, unless somebody has put another file in its place. */
  async note(path: string, key: string): Promise<void> {
    const file = await statOf(path);
    if (!file || !looksLikeOurs(file)) return;
    this.#names.delete(path);
    this.#names.set(path, { key, file });
    const [oldest] = this.#names.keys();
    if (this.#names.size > MOST_NAMES && oldest !== undefined) this.#names.delete(oldest);
  }

  /** Whether it still lies there. Its number alone does not tell: disks give it to the next file that is made. */
  async isAt(path: string, key: string): Promise<boolean> {
    const placed = this.#names.get(path);
    if (placed?.key !== key) return false;
    const found = await statOf(path);
    if (!found || !looksLikeOurs(found)) return false;
    const { dev, ino, mtimeNs } = placed.file;
    return found.dev === dev && found.ino === ino && found.mtimeNs === mtimeNs;
  }
}
