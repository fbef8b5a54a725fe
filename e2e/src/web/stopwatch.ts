import type { Page } from 'playwright-core';

/**
 * What is measured in the page, by its own clock: from what its user did, as the browser dates it, to the end of the
 * frame that shows what was waited for. Neither the test nor its connection to the browser is in the times.
 */
const STOPWATCH = `
  const painted = (isThere) => new Promise((resolve) => {
    const look = () => {
      if (!isThere()) return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(undefined);
    };
    requestAnimationFrame(look);
  });
  const rows = () => [...document.querySelectorAll('table:not([data-stale]) tbody tr')];
  const hasText = (row, text) =>
    [row.querySelector('a'), row.cells[2]].some((cell) => cell.textContent.toLowerCase().includes(text));
  const address = () => new URLSearchParams(location.search).get('title') ?? '';

  window.stopwatch = {
    /** Since the navigation began: its clock's zero. */
    firstRows: painted(() => rows().length > 0),
    until(event, isThere) {
      this.result = new Promise((resolve) => addEventListener(event, ({ timeStamp }) => {
        void painted(isThere).then((end) => resolve(end - timeStamp));
      }, { once: true, capture: true }));
    },
    untilList: (heading) => stopwatch.until('click', () =>
      document.querySelector('h1')?.textContent === heading && rows().length > 0),
    untilFound: (text) => stopwatch.until('keydown', () =>
      address() === text && (document.body.textContent.includes('No experiment matches') ||
        (rows().length > 0 && rows().every((row) => hasText(row, text))))),
  };
`;

/** Makes the pages of a profile measure; to be called before they are opened. */
export async function bringStopwatch(page: Page): Promise<void> {
  await page.addInitScript(STOPWATCH);
}

/** Milliseconds from the beginning of the navigation to the first rows. */
export function firstRows(page: Page): Promise<number> {
  return page.evaluate('stopwatch.firstRows');
}

/** Milliseconds from a click, which `act` does, to the rows of a list. */
export async function untilList(page: Page, heading: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate(`stopwatch.untilList(${JSON.stringify(heading)})`);
  await act();
  return page.evaluate('stopwatch.result');
}

/** Milliseconds from a key, which `act` presses, to rows that all have the text, or to the word that none has. */
export async function untilFound(page: Page, text: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate(`stopwatch.untilFound(${JSON.stringify(text)})`);
  await act();
  return page.evaluate('stopwatch.result');
}
