import { IncomingMessage } from 'node:http';

/** Pieces of a body that are passed on as they come: most bodies have one or two. */
const PASSED_ON = 32;
/** Bytes of a piece that is passed on as it is, and of gathered ones. */
const ENOUGH = 4096;
/** Each piece takes some 300 bytes beside its own. */
const MOST_PIECES = 256;
/** How long the first of some waits for others. */
const WAIT_MS = 20;

/**
 * A request that passes on small pieces of its body together. A client may send a body byte by byte, in chunks or in
 * packets, and whoever keeps pieces, or looks at each, would need hundreds of times as much memory or time as for the bytes.
 * Honest scripts do the same with short lines, so nothing is refused.
 */
export class GatheredRequest extends IncomingMessage {
  #seen = 0;
  #pieces: Buffer[] = [];
  #bytes = 0;
  #flushing: NodeJS.Timeout | undefined;

  override push(piece: Buffer | null): boolean {
    this.#seen += 1;
    if (this.#seen <= PASSED_ON) return super.push(piece);
    if (piece === null || piece.length >= ENOUGH) {
      this.#flush();
      return super.push(piece);
    }
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes >= ENOUGH || this.#pieces.length >= MOST_PIECES) return this.#flush();
    this.#flushing ??= setTimeout(() => this.#flush(), WAIT_MS);
    return true;
  }

  #flush(): boolean {
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
    const gathered = this.#pieces;
    this.#pieces = [];
    this.#bytes = 0;
    // Of a client that has gone nobody waits for more.
    return gathered.length === 0 || this.destroyed || super.push(Buffer.concat(gathered));
  }
}
