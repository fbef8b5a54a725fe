import type { Page } from 'playwright-core';

/** Lets the requests to an address wait, all or those that have a word in them. */
export async function hold(page: Page, address: string, word = '') {
  const begun = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    if (!(route.request().postData() ?? '').includes(word)) return route.fallback();
    begun.resolve();
    await released.promise;
    // What the page has cancelled meanwhile goes nowhere.
    await route.fallback().catch(() => undefined);
  });
  return { begun: begun.promise, release: released.resolve };
}
