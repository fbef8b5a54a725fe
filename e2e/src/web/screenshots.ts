import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { fiveExperiments } from './five-experiments.ts';
import { looks, openPage } from './open-page.ts';
import { populated } from './populated.ts';
import { startTaskServer, type TaskServer } from './task-server.ts';

// `npm run screenshots`: every page in both colour schemes and two widths, into a folder that git ignores, to be looked at.

const FOLDER = 'screenshots';

/** A picture: where, and what is done before it is taken. */
interface View {
  readonly name: string;
  readonly path: string;
  readonly isEmpty?: boolean;
  /** It always waits for news from the server. */
  readonly isLive?: boolean;
  /** Of the server that has run tasks, which is live; `{task}` in the path is one of them, `{eid}` its experiment, `{eids}` are five. */
  readonly hasTasks?: boolean;
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
      await page.getByText('Lost with title').waitFor();
    },
  },
  {
    name: 'experiment',
    path: '/aqd/experiments/20210102-200',
    isLive: true,
    prepare: (page) => page.getByText('data.csv').first().waitFor(),
  },
  { name: 'experiment-missing', path: '/aqd/experiments/19990101-1' },
  { name: 'task-history', path: '/aqd/task-history', hasTasks: true, prepare: rows },
  {
    name: 'task-log',
    path: '/aqd/task-history?task={task}',
    hasTasks: true,
    prepare: (page) => page.getByText('ready', { exact: true }).waitFor(),
  },
  {
    name: 'task-environment',
    path: '/aqd/task-history?task={task}',
    hasTasks: true,
    prepare: (page) => page.getByRole('tab', { name: 'Environment' }).click(),
  },
  {
    name: 'run-choose',
    path: '/aqd/experiments/{eid}',
    hasTasks: true,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Run an extension' }).click();
      await page.getByRole('button', { name: /^Many colours/ }).waitFor();
    },
  },
  {
    name: 'run-form',
    path: '/aqd/experiments/{eid}',
    hasTasks: true,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Run an extension' }).click();
      await page.getByRole('button', { name: /^Report/ }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByText('Needs an experiment.').waitFor();
    },
  },
  { name: 'documentation', path: '/documentation' },
  {
    name: 'document',
    path: '/documentation/web-interface',
    prepare: (page) => page.getByRole('heading', { name: 'Task history' }).waitFor(),
  },
  {
    name: 'compare-differences',
    path: '/aqd/experiments/compare?eids={eids}',
    hasTasks: true,
    prepare: (page) => page.getByRole('rowheader', { name: 'filter' }).waitFor(),
  },
  {
    name: 'compare-overlay',
    path: '/aqd/experiments/compare?eids={eids}&view=overlay',
    hasTasks: true,
    prepare: (page) => page.getByRole('img', { name: /^Plot of/ }).waitFor(),
  },
  { name: 'settings', path: '/settings' },
  { name: 'not-found', path: '/labyrinth' },
  { name: 'welcome', path: '/', isEmpty: true },
];

const browser = await startChromium();
if (typeof browser === 'string') throw new Error(browser);

describe('screenshots', () => {
  let full: ServerProcess;
  let empty: ServerProcess;
  let tasks: TaskServer;
  let task: string;
  let eids: string;
  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true });
    full = await populated('SQLite', 700);
    empty = await startServer();
    tasks = await startTaskServer('SQLite');
    eids = (await fiveExperiments(tasks.url)).map((each) => each.eid).join(',');
    const { eid } = tasks.experiment;
    await tasks.submit('Wire types', 'fail', { target: eid, message: 'no signal' });
    await tasks.submit('Test actions', 'double', { experiment: eid, source: 'numbers.txt' });
    task = await tasks.submit('Loud actions', 'colours', { experiment: eid });
    await tasks.submit('Test actions', 'count', { experiment: eid, lines: '100000', pause: '0.1' });
  });
  afterAll(async () => {
    await (browser as Browser).close();
    await Promise.all([full.stop(), empty.stop(), tasks.server.stop()]);
  });

  test.each(VIEWS)(
    '$name',
    { timeout: 300_000 },
    async ({ name, path, isEmpty, isLive, hasTasks, prepare }) => {
      for (const { name: look, ...options } of looks) {
        const server = hasTasks ? tasks.url : isEmpty ? empty.url : full.url;
        const url =
          server +
          path.replace('{task}', task).replace('{eid}', tasks.experiment.eid).replace('{eids}', eids);
        const { page, close } = await openPage(browser as Browser, url, options);
        await page.getByRole('heading', { level: 1 }).waitFor();
        if (!isLive && !hasTasks) await page.waitForLoadState('networkidle');
        await prepare?.(page);
        await page.screenshot({ path: `${FOLDER}/${name}-${look}.png` });
        await close();
      }
    },
  );
});
