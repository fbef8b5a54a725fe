import { IncomingMessage } from 'node:http';

/** Pieces of a body that are passed on as they come: most bodies have one or two. */
const PASSED_ON = 32;
/** Bytes of a piece that is passed on as it is, and of gathered ones. */
const ENOUGH = 4096;
/** Each piece takes some 300 bytes beside its own. */
const MOST_PIECES = 256;
/** How long the first of some waits for others; longer, the more have come: those of hours of trickling are few, too. */
const WAIT_MS = 20;
const WAIT_MS_PER_PIECE = 0.02;
/** Pieces of one body before others have their turn. Node takes up to 2 MiB at once: 350,000 of one byte each. */
const MOST_IN_A_TURN = 1024;

/** Bodies that wait for their turn. */
const waiting: GatheredRequest[] = [];

/**
 * A request that passes on small pieces of its body together, and reads no more of them at once than others can wait for.
 * A client may send a body byte by byte, in chunks or in packets, and whoever keeps pieces, or looks at each, would need
 * hundreds of times as much memory or time as for the bytes. Honest scripts do the same with short lines, so nothing is
 * refused.
 */
export class GatheredRequest extends IncomingMessage {
  #seen = 0;
  #inThisTurn = 0;
  #isWaiting = false;
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
    this.#inThisTurn += 1;
    if (this.#inThisTurn === MOST_IN_A_TURN) {
      this.#flush();
      this.#waitForTurn();
      // Node stops reading.
      return false;
    }
    if (this.#bytes >= ENOUGH || this.#pieces.length >= MOST_PIECES) return this.#flush();
    this.#flushing ??= setTimeout(() => this.#flush(), WAIT_MS + this.#seen * WAIT_MS_PER_PIECE);
    return true;
  }

  override _read(size: number): void {
    if (!this.#isWaiting) super._read(size);
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

  #waitForTurn(): void {
    this.#isWaiting = true;
    if (waiting.push(this) === 1) setImmediate(GatheredRequest.#giveTurn);
  }

  /** One body in each turn of the loop. */
  static #giveTurn(): void {
    const next = waiting.shift();
    if (waiting.length > 0) setImmediate(GatheredRequest.#giveTurn);
    if (!next) return;
    next.#isWaiting = false;
    next.#inThisTurn = 0;
    // Else whoever reads what is there asks for more.
    if (next.readableLength < next.readableHighWaterMark) next._read(0);
  }
}
