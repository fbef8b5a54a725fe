import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** A page that is asked for its name answers within this, whatever is open in it. */
const ANSWER_MS = 5000;
/** Tests run beside others on two cores: a page hangs when it takes this many times as long. */
const PATIENCE = 3;

/** A page of the web interface with something evil in it. */
export class AttackedPage {
  /** The longest time that it took to answer. */
  slowestMs = 0;
  /** What happened that should not. */
  readonly surprises: string[] = [];
  readonly page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
    page.on('dialog', (dialog) => {
      this.surprises.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => undefined);
    });
    page.on('download', (download) => this.surprises.push(`a download of ${download.url()}`));
    page.on('popup', (popup) => this.surprises.push(`a window with ${popup.url()}`));
    page
      .context()
      .on('serviceworker', (worker) => this.surprises.push(`a service worker of ${worker.url()}`));
  }

  static async open(context: BrowserContext, address: string): Promise<AttackedPage> {
    const page = await context.newPage();
    const attacked = new AttackedPage(page, await context.newCDPSession(page));
    await page.goto(address, { waitUntil: 'commit', timeout: ANSWER_MS * PATIENCE });
    return attacked;
  }

  /**
   * What an expression gives in the page. Playwright itself gives a page up when one of its frames ends; its own process
   * goes on, and is asked by the protocol.
   *
   * @throws Error when the page does not answer.
   */
  async ask<T>(expression: string): Promise<T> {
    const start = performance.now();
    const { result } = await within(
      this.#session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }),
    );
    this.slowestMs = Math.max(this.slowestMs, performance.now() - start);
    return result.value as T;
  }

  /** Waits until an expression is true. */
  async until(expression: string, mostMs = 2 * ANSWER_MS * PATIENCE): Promise<void> {
    const end = performance.now() + mostMs;
    while (!(await this.ask<boolean>(`Boolean(${expression})`).catch(() => false))) {
      if (performance.now() > end) throw new Error(`In the page, this did not become true: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function within<T>(answer: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The page does not answer.')), ANSWER_MS * PATIENCE).unref();
  });
  return Promise.race([answer, late]);
}
