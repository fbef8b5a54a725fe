const HIDDEN = '***';
/** With fewer of the first characters of a secret, many a text ends that somebody waits for. */
const LEAST_HELD = 4;

/**
 * One output of a task as it comes: decoded, without its secret, and cut off at a number of bytes.
 */
export class PrintedText {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #secret: string;
  #room: number;
  #isCut = false;
  /** The end of what came, where the secret may have begun: what was given away of that, and what is kept back. */
  #begun = '';
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
    const came = this.#begun + this.#held + decoded;
    const text = came.replaceAll(this.#secret, HIDDEN);
    const from = came.startsWith(this.#secret) ? 0 : this.#begun.length;
    const beginning = text.length - (isLast ? 0 : beginningAtEnd(text, this.#secret));
    const to = text.length - beginning < LEAST_HELD ? text.length : Math.max(from, beginning);
    this.#begun = text.slice(beginning, to);
    this.#held = text.slice(to);
    const shown = Buffer.from(text.slice(from, to));
    if (shown.length <= this.#room) {
      this.#room -= shown.length;
      return text.slice(from, to);
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
