const HIDDEN = '***';

/**
 * One output of a task as it comes: decoded, without its secret, and cut off at a number of bytes.
 */
export class PrintedText {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #secret: string;
  #room: number;
  #isCut = false;
  /** The end of what came, where the secret may have begun. */
  #held = '';
  readonly #cutMark: string;

  constructor(maxBytes: number, secret: string) {
    this.#room = maxBytes;
    this.#secret = secret;
    this.#cutMark = `\n[Output beyond ${maxBytes} bytes is not kept.]\n`;
  }

  /** Whether nothing more is kept. */
  get isFull(): boolean {
    return this.#isCut;
  }

  /** The text that can be kept now; empty where there is none. */
  add(bytes: Uint8Array): string {
    if (this.#isCut) return '';
    return this.#keep(this.#decoder.decode(bytes, { stream: true }), false);
  }

  /** The rest, after the last bytes. */
  end(): string {
    if (this.#isCut) return '';
    return this.#keep(this.#decoder.decode(), true);
  }

  #keep(decoded: string, isLast: boolean): string {
    const text = (this.#held + decoded).replaceAll(this.#secret, HIDDEN);
    const held = isLast ? 0 : beginningAtEnd(text, this.#secret);
    this.#held = text.slice(text.length - held);
    const shown = Buffer.from(text.slice(0, text.length - held));
    if (shown.length <= this.#room) {
      this.#room -= shown.length;
      return text.slice(0, text.length - held);
    }
    this.#isCut = true;
    // A character is kept whole or not at all.
    let end = this.#room;
    while (end > 0 && ((shown[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    return shown.subarray(0, end).toString() + this.#cutMark;
  }
}

/** How many of a text's last characters are the first of another. */
function beginningAtEnd(text: string, beginning: string): number {
  for (let length = Math.min(text.length, beginning.length - 1); length > 0; length -= 1) {
    if (text.endsWith(beginning.slice(0, length))) return length;
  }
  return 0;
}
