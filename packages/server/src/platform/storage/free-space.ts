import { statfs } from 'node:fs/promises';
import { AqueductError } from '../errors/aqueduct-error.ts';

/** An answer of the disk holds for so long: a flood of small uploads need not ask each time. */
const FRESH_MS = 200;

/** Room on the disk for bytes that are about to come. */
export interface HeldSpace {
  /**
   * Holds it for so many bytes from now on: what came before is on the disk.
   *
   * @throws AqueductError as {@link FreeSpace.require}; nothing is held then.
   */
  renew(bytes: number): Promise<void>;
  end(): void;
}

function inMebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 ** 2)} MiB`;
}

/** Keeps space on a disk in reserve, so that the database can go on. */
export class FreeSpace {
  readonly #folder: string;
  readonly #reserve: number;
  #free = Number.POSITIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  /** For bytes that come in now: many at once would each find the same room. */
  #held = 0;

  constructor(folder: string, reserveBytes: number) {
    this.#folder = folder;
    this.#reserve = reserveBytes;
  }

  /** @throws AqueductError `DISK_FULL` when, with so many bytes more, less than the reserve would be free. */
  async require(bytes = 0): Promise<void> {
    if (this.#reserve + bytes > 0) this.#requireOf(await this.#ask(), bytes);
  }

  #requireOf(free: number, bytes: number): void {
    if (free - this.#held >= this.#reserve + bytes) return;
    const held = this.#held > 0 ? ` and ${inMebibytes(this.#held)} for other uploads` : '';
    throw new AqueductError(
      'DISK_FULL',
      `The disk of the server has no room for that: ${inMebibytes(free)} are free, of which ${inMebibytes(this.#reserve)} ` +
        `are kept in reserve (AQUEDUCT_FREE_SPACE_RESERVE)${held}. Nothing was stored. Make room, then try again.`,
    );
  }

  /** That less is free than the reserve, in words; undefined where that is not so, or the disk is not there to tell. */
  async whyShort(): Promise<string | undefined> {
    const free = await this.#ask().catch(() => Number.POSITIVE_INFINITY);
    if (free >= this.#reserve) return undefined;
    return (
      `The disk has only ${inMebibytes(free)} free, less than the ${inMebibytes(this.#reserve)} that are kept in ` +
      'reserve (AQUEDUCT_FREE_SPACE_RESERVE): no uploads are taken. Make room, or lower the reserve.'
    );
  }

  /** Bytes that are free, as the disk has said lately. */
  async #ask(): Promise<number> {
    if (performance.now() - this.#askedAt > FRESH_MS) {
      const { bavail, bsize } = await statfs(this.#folder);
      this.#free = bavail * bsize;
      this.#askedAt = performance.now();
    }
    return this.#free;
  }

  /** Holds room beside what others hold. To be ended. */
  async hold(bytes: number): Promise<HeldSpace> {
    let own = 0;
    const end = () => {
      // What was written into it, the last answer of the disk does not count.
      if (own > 0) this.#askedAt = Number.NEGATIVE_INFINITY;
      this.#held -= own;
      own = 0;
    };
    const renew = async (wanted: number) => {
      end();
      // In one go with holding it: between the two, others would find the same room.
      if (this.#reserve + wanted > 0) this.#requireOf(await this.#ask(), wanted);
      own = wanted;
      this.#held += own;
    };
    await renew(bytes);
    return { renew, end };
  }
}
