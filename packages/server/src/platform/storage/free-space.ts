import { statfs } from 'node:fs/promises';
import { AqueductError } from '../errors/aqueduct-error.ts';

/** An answer of the disk holds for so long: a flood of small uploads need not ask each time. */
const FRESH_MS = 200;

/** Keeps space on a disk in reserve, so that the database can go on. */
export class FreeSpace {
  readonly #folder: string;
  readonly #reserve: number;
  #isEnough = true;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(folder: string, reserveBytes: number) {
    this.#folder = folder;
    this.#reserve = reserveBytes;
  }

  /** @throws AqueductError `DISK_FULL` when less than the reserve is free. */
  async require(): Promise<void> {
    if (this.#reserve === 0) return;
    if (performance.now() - this.#askedAt > FRESH_MS) {
      const { bavail, bsize } = await statfs(this.#folder);
      this.#isEnough = bavail * bsize >= this.#reserve;
      this.#askedAt = performance.now();
    }
    if (this.#isEnough) return;
    throw new AqueductError(
      'DISK_FULL',
      'The disk of the server is full; nothing was stored. Make room, then try again.',
    );
  }
}
