import { statfs } from 'node:fs/promises';
import { AqueductError } from '../errors/aqueduct-error.ts';

/** An answer of the disk holds for so long: a flood of small uploads need not ask each time. */
const FRESH_MS = 200;

/** Keeps space on a disk in reserve, so that the database can go on. */
export class FreeSpace {
  readonly #folder: string;
  readonly #reserve: number;
  #free = Number.POSITIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(folder: string, reserveBytes: number) {
    this.#folder = folder;
    this.#reserve = reserveBytes;
  }

  /** @throws AqueductError `DISK_FULL` when, with so many bytes more, less than the reserve would be free. */
  async require(bytes = 0): Promise<void> {
    if (this.#reserve + bytes === 0) return;
    if (performance.now() - this.#askedAt > FRESH_MS) {
      const { bavail, bsize } = await statfs(this.#folder);
      this.#free = bavail * bsize;
      this.#askedAt = performance.now();
    }
    if (this.#free >= this.#reserve + bytes) return;
    throw new AqueductError(
      'DISK_FULL',
      'The disk of the server is full; nothing was stored. Make room, then try again.',
    );
  }
}
