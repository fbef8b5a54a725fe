import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';

const MIB = 1024 * 1024;
/** Of all answers together. */
const MOST_BYTES = 128 * MIB;
/** Smaller answers are not counted: a connection has one of them at a time, and so has its buffer. */
const SMALL = 64 * 1024;
/** Whoever has read for so long gives way to others, but only where there is no room for these. */
const PATIENCE_MS = 60_000;

interface Unsent {
  readonly bytes: number;
  readonly since: number;
  readonly response: ServerResponse;
}

/** Bounds the memory of answers that are made but not sent yet: clients may ask for much, and read nothing. */
export class UnsentAnswers {
  /** The oldest first. */
  readonly #all = new Set<Unsent>();
  readonly #patienceMs: number;
  #bytes = 0;

  constructor(patienceMs = PATIENCE_MS) {
    this.#patienceMs = patienceMs;
  }

  /**
   * Counts an answer until it is sent, or its client has gone.
   *
   * @param isDone - Whether it tells of changes: it must not be taken for one of nothing.
   * @throws AqueductError where there is no room for it beside the others.
   */
  add(response: ServerResponse, text: string, isDone: boolean): void {
    if (text.length <= SMALL) return;
    const unsent = { bytes: Buffer.byteLength(text), since: performance.now(), response };
    for (const other of this.#all) {
      if (this.#hasRoom(unsent.bytes) || unsent.since - other.since < this.#patienceMs) break;
      this.#forget(other);
      other.response.destroy();
    }
    if (!this.#hasRoom(unsent.bytes)) {
      const why = `The server is busy sending long answers, and has no room for this one of ${unsent.bytes} bytes.`;
      throw isDone
        ? new AqueductError('TOO_LARGE', `${why} The changes may have been made; look before you try again.`)
        : new AqueductError('UNAVAILABLE', `${why} Try again later, or ask for less at once.`, {
            retryAfter: 2,
          });
    }
    this.#all.add(unsent);
    this.#bytes += unsent.bytes;
    finished(response, () => this.#forget(unsent));
  }

  /** One that is alone may have any length. */
  #hasRoom(bytes: number): boolean {
    return this.#bytes === 0 || this.#bytes + bytes <= MOST_BYTES;
  }

  #forget(unsent: Unsent): void {
    if (this.#all.delete(unsent)) this.#bytes -= unsent.bytes;
  }
}
