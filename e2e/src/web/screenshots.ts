import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { looks, openPage } from './open-page.ts';
import { populated } from './populated.ts';

// `npm run screenshots`: every page in both colour schemes and two widths, into a folder that git ignores, to be looked at.

const FOLDER = 'screenshots';

/** A picture: where, and what is done before it is taken. */
interface View {
  readonly name: string;
  readonly path: string;
  readonly isEmpty?: boolean;
  /** It always waits for news from the server. */
  readonly isLive?: boolean;
  /** Ends when all is there that shall be on the picture. */
  prepare?(page: Page): Promise<void>;
}

const rows = (page: Page) => page.locator('tbody tr').first().waitFor();

const VIEWS: readonly View[] = [
  { name: 'experiments', path: '/aqd/experiments', prepare: rows },
  {
    name: 'experiments-chosen',
    path: '/aqd/experiments?title=qubit&tags=["setup/1","qubit-3"]',
    async prepare(page) {
      await rows(page);
      for (const key of ['j', 'j', 'x', 's', 'j', 'j', 'X']) await page.keyboard.press(key);
      await page.getByText('3 chosen').waitFor();
    },
  },
  {
    name: 'experiments-tags',
    path: '/aqd/experiments',
    async prepare(page) {
      await page.getByRole('button', { name: 'Tags' }).click();
      await page.getByRole('combobox', { name: 'Tags to filter by' }).fill('qubit-1');
      await page.getByRole('option', { name: 'qubit-12' }).waitFor();
    },
  },
  {
    name: 'experiments-days',
    path: '/aqd/experiments?startDate=2021-01-01&endDate=2021-01-02',
    async prepare(page) {
      await page.getByRole('button', { name: 'Date' }).click();
      await page.getByRole('button', { name: 'Last 7 days' }).waitFor();
    },
  },
  {
    name: 'experiments-keys',
    path: '/aqd/experiments',
    async prepare(page) {
      await rows(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'experiments-no-match', path: '/aqd/experiments?title=nothing+has+this' },
  { name: 'favourites', path: '/aqd/experiments/favourites' },
  {
    name: 'archived-delete',
    path: '/aqd/experiments/archived',
    async prepare(page) {
      await rows(page);
      await page.getByLabel('Choose all of this page').click();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByText('Lost with them').waitFor();
    },
  },
  {
    name: 'experiment',
    path: '/aqd/experiments/20210102-200',
    isLive: true,
    prepare: (page) => page.getByText('data.csv').first().waitFor(),
  },
  { name: 'experiment-missing', path: '/aqd/experiments/19990101-1' },
  { name: 'task-history', path: '/aqd/task-history', isLive: true },
  { name: 'settings', path: '/settings' },
  { name: 'not-found', path: '/labyrinth' },
  { name: 'welcome', path: '/', isEmpty: true },
];

const browser = await startChromium();
if (typeof browser === 'string') throw new Error(browser);

describe('screenshots', () => {
  let full: ServerProcess;
  let empty: ServerProcess;
  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true });
    full = await populated('SQLite', 700);
    empty = await startServer();
  });
  afterAll(async () => {
    await (browser as Browser).close();
    await Promise.all([full.stop(), empty.stop()]);
  });

  test.each(VIEWS)('$name', { timeout: 300_000 }, async ({ name, path, isEmpty, isLive, prepare }) => {
    for (const { name: look, ...options } of looks) {
      const url = `${isEmpty ? empty.url : full.url}${path}`;
      const { page, close } = await openPage(browser as Browser, url, options);
      await page.getByRole('heading', { level: 1 }).waitFor();
      if (!isLive) await page.waitForLoadState('networkidle');
      await prepare?.(page);
      await page.screenshot({ path: `${FOLDER}/${name}-${look}.png` });
      await close();
    }
  });
});
