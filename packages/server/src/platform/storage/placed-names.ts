import { statOf } from './shown-object.ts';

/** Names that are remembered: the latest. */
const MOST_NAMES = 1000;

interface Placed {
  readonly key: string;
  readonly device: bigint;
  readonly inode: bigint;
}

/**
 * What this server has lately put under readable names. Where another one replaced the version meanwhile and removed its
 * bytes, the name alone is left, with nothing to compare it with.
 */
export class PlacedNames {
  readonly #names = new Map<string, Placed>();

  /** Remembers that the object of a key has just been put there. */
  async note(path: string, key: string): Promise<void> {
    const found = await statOf(path);
    if (!found) return;
    this.#names.delete(path);
    this.#names.set(path, { key, device: found.dev, inode: found.ino });
    const [oldest] = this.#names.keys();
    if (this.#names.size > MOST_NAMES && oldest !== undefined) this.#names.delete(oldest);
  }

  /** Whether it still lies there. */
  async isAt(path: string, key: string): Promise<boolean> {
    const placed = this.#names.get(path);
    if (placed?.key !== key) return false;
    const found = await statOf(path);
    return found?.dev === placed.device && found.ino === placed.inode;
  }
}
