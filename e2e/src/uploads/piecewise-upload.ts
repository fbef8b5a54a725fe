import { createHash, randomBytes, randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { append, begun, offsetOf } from './tus.ts';

/** What a server has acknowledged of an upload. */
export interface Promised {
  readonly address: string | undefined;
  readonly offset: number;
}

/** A file that is sent in pieces, by somebody who notes what was acknowledged. */
export class PiecewiseUpload {
  readonly #uuid: string;
  readonly #name: string;
  readonly #bytes: Buffer<ArrayBuffer>;
  readonly #mostOfPiece: number;
  #address: string | undefined;
  #offset = 0;

  constructor(uuid: string, { name, size, pieces }: { name: string; size: number; pieces: number }) {
    this.#uuid = uuid;
    this.#name = name;
    this.#bytes = randomBytes(size);
    this.#mostOfPiece = Math.ceil((2 * size) / pieces);
  }

  get promised(): Promised {
    return { address: this.#address, offset: this.#offset };
  }

  get isFinished(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** Sends the rest; gives false where the server breaks off. */
  async send(base: string): Promise<boolean> {
    try {
      this.#address ??= await begun(base, this.#uuid, this.#name, this.#bytes.length);
      while (!this.isFinished) {
        const end = this.#offset + 1 + randomInt(this.#mostOfPiece);
        const answer = await append(this.#address, this.#offset, this.#bytes.subarray(this.#offset, end));
        if (answer.status !== 204) return false;
        this.#offset = Number(answer.headers.get('upload-offset'));
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Expects that a server has what was promised, and goes on from what it has. */
  async expectKept(base: string, { address, offset }: Promised): Promise<void> {
    // What was under way when its answer was lost may be there or not.
    this.#address = address;
    this.#offset = address === undefined ? 0 : await offsetOf(address);
    expect(this.#offset).toBeGreaterThanOrEqual(offset);
    if (this.isFinished) await this.expectWhole(base);
  }

  /** Expects that the experiment has the file. */
  async expectWhole(base: string): Promise<void> {
    const download = await fetch(`${base}/api/files/${this.#uuid}/${this.#name}`);
    expect(download.status).toBe(200);
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(sha256(new Uint8Array(await download.arrayBuffer()))).toBe(sha256(this.#bytes));
  }
}
