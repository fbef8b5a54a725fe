const SHOW_EVERY_MS = 100;

/** One line on a terminal that is written over as work goes on; nothing where there is no terminal. */
export class ProgressLine {
  readonly #terminal: NodeJS.WriteStream;
  #shownAt = Number.NEGATIVE_INFINITY;
  #isShown = false;

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
  }

  /** @param text - Is asked only where a new text is due. */
  show(text: () => string): void {
    if (!this.#terminal.isTTY || performance.now() - this.#shownAt < SHOW_EVERY_MS) return;
    this.#terminal.write(`\r${text()}\x1b[K`);
    this.#shownAt = performance.now();
    this.#isShown = true;
  }

  /** Makes room for another line. */
  clear(): void {
    if (!this.#isShown) return;
    this.#terminal.write('\r\x1b[K');
    this.#isShown = false;
  }
}
