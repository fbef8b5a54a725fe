import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from './chromium.ts';
import { expectQuiet, openPage } from './web/open-page.ts';
import { startTaskServer, type TaskServer } from './web/task-server.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`The page that tries queries is not tested: ${browser}`);

const PATIENCE = { timeout: 30_000 };

describe.skipIf(typeof browser === 'string')('the page that tries queries', () => {
  let on: TaskServer;
  beforeAll(async () => {
    on = await startTaskServer('SQLite');
  });
  afterAll(async () => {
    await on.server.stop();
    await (browser as Browser).close();
  });

  const open = () => openPage(browser as Browser, `${on.url}/api/graphql`);
  const count = (lines: number) =>
    on.submit('Test actions', 'count', {
      experiment: on.experiment.eid,
      lines: String(lines),
      pause: '0.1',
    });
  const outputOf = (uuid: string) => `subscription { taskOutput(taskId: "${uuid}", after: 0) { text } }`;

  test('sends the headers of its tab', async () => {
    const opened = await open();
    const { page } = opened;
    await write(page, 'Query Editor', '{ __typename }');
    await page.getByRole('button', { name: 'Headers' }).click();
    await write(page, 'Headers', '{ "X-Cryostat": "blue" }');
    const asked = page.waitForRequest((request) => request.postData()?.includes('{ __typename }') === true);
    await page.getByRole('button', { name: /^Execute query/ }).click();
    const headers = await (await asked).allHeaders();
    expect(headers).toMatchObject({ 'x-cryostat': 'blue', 'content-type': 'application/json' });
    await answer(page).getByText('"Query"').waitFor();
    expectQuiet(opened);
    await opened.close();
  });

  test('shows what a subscription gives until it ends', async () => {
    const uuid = await count(5);
    const opened = await open();
    const { page } = opened;
    await write(page, 'Query Editor', outputOf(uuid));
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await answer(page)
      .getByText(/(größe|stderr) 5/)
      .waitFor(PATIENCE);
    // The button that stops it is there no more.
    await page.getByRole('button', { name: /^Execute query/ }).waitFor(PATIENCE);
    expectQuiet(opened);
    await opened.close();
  });

  test('leaves a subscription that is stopped, and says why one is refused', async () => {
    const uuid = await count(2000);
    const opened = await open();
    const { page } = opened;
    await write(page, 'Query Editor', outputOf(uuid));
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await answer(page)
      .getByText(/(größe|stderr) \d/)
      .waitFor(PATIENCE);
    const left = page.waitForEvent('requestfailed');
    await page.getByRole('button', { name: /^Stop query/ }).click();
    expect((await left).headers().accept).toBe('text/event-stream');
    await write(page, 'Query Editor', outputOf('00000000-0000-4000-8000-000000000000'));
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await answer(page).getByText('NOT_FOUND').waitFor(PATIENCE);
    expectQuiet(opened);
    await opened.close();
  });
});

/** Puts a text into an editor in place of what is there. */
async function write(page: Page, editor: string, text: string): Promise<void> {
  await page.getByRole('region', { name: editor }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

function answer(page: Page) {
  return page.getByRole('region', { name: 'Operation Results' }).or(page.locator('.result-window'));
}
