import { databases } from '@aqueduct/server/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { startCuttingProxy } from '../client/cutting-proxy.ts';
import { expectAccessible, expectQuiet, looks, openPage } from './open-page.ts';
import { startTaskServer, type TaskServer } from './task-server.ts';

const browser = await startChromium();
if (typeof browser === 'string')
  console.warn(`Running extensions in the web interface is not tested: ${browser}`);
afterAll(async () => {
  if (typeof browser !== 'string') await browser.close();
});

const DIALOG = '[role="dialog"]';
const PATIENCE = { timeout: 30_000 };

describe.skipIf(typeof browser === 'string').each(databases)(
  'tasks in the web interface, on %s',
  (database) => {
    let on: TaskServer;
    beforeAll(async () => {
      on = await startTaskServer(database);
    });
    afterAll(async () => void (await on.server.stop()));

    const open = (path: string, options?: Parameters<typeof openPage>[2]) =>
      openPage(browser as Browser, `${on.url}${path}`, options);
    const openExperiment = () => open(`/aqd/experiments/${on.experiment.eid}`);

    test('an action is run with parameters of every type, which are remembered', async () => {
      const opened = await openExperiment();
      const { page } = opened;
      await choose(page, 'report', /^Report/);
      const form = page.getByRole('form');
      expect(await form.getByLabel('Sample name').inputValue()).toBe('plain');
      expect(await form.getByLabel('Target experiment').inputValue()).toBe(on.experiment.eid);
      expect(await form.getByLabel('enabled').isChecked()).toBe(true);
      expect(await form.getByLabel('disabled').isChecked()).toBe(false);
      expect(
        await form
          .getByRole('combobox', { name: 'colour' })
          .or(form.getByLabel('colour'))
          .first()
          .inputValue(),
      ).toBe('dark blue');

      // What is wrong stands beside its field, and nothing is run.
      await form.getByLabel('repeats').fill('seven');
      await form.getByLabel('ratio').fill('');
      await run(page);
      await form.getByText('“seven” is not a whole number.').waitFor();
      await form.getByText('Needs a number.').waitFor();
      await form.getByText('Needs an experiment.').waitFor();
      await expect.poll(() => page.locator(':focus').getAttribute('name'), PATIENCE).toBe('repeats');

      await form.getByLabel('repeats').fill('7');
      await form.getByLabel('ratio').fill('1e-3');
      await form.getByLabel('Sample name').fill('größe $HOME');
      await form.getByLabel('remark').fill('two\nlines');
      await form.getByLabel('second_target').fill('calib');
      await page.getByRole('option', { name: /Calibration/ }).click();
      expect(await form.getByLabel('second_target').inputValue()).toBe(on.other.eid);
      await form.getByLabel('attachment').fill('nothing.txt');
      await form.getByText('The experiment has no file of this name now.').waitFor();
      await form.getByLabel('attachment').fill('numb');
      await page.getByRole('option', { name: 'numbers.txt' }).click();
      // What only the server knows is said there as well.
      await form.getByLabel('Target experiment').fill('20200101-9');
      await form.getByText('There is no experiment with this EID.').waitFor();
      await run(page);
      await form.getByText('Experiment not found: there is no 20200101-9.').waitFor();
      await form.getByLabel('Target experiment').fill(on.experiment.eid);
      await form.getByLabel('enabled').uncheck();
      await form.getByLabel('disabled').check();
      await form.getByLabel('colour').first().click();
      await page.getByRole('option', { name: 'green' }).click();
      await run(page);

      const task = page.getByRole('dialog');
      await task.getByText('Succeeded').waitFor(PATIENCE);
      await task.getByText('done with größe $HOME').waitFor();
      const text = await printed(page);
      for (const line of [
        'sample=[größe $HOME]',
        'repeats=[7]',
        'ratio=[1e-3]',
        `target=[${on.experiment.eid}]`,
        `second_target=[${on.other.eid}]`,
        'attachment=[numbers.txt]',
        'enabled=[0]',
        'disabled=[1]',
        'colour=[green]',
      ])
        expect(text).toContain(line);
      expect(text.join('\n')).toContain('remark=[two\nlines]');
      // Both outputs can be told apart, and each seen alone.
      expect(await task.locator('[data-stream=STDERR]').allTextContents()).toEqual(['done with größe $HOME']);
      await task.getByText('stderr', { exact: true }).click();
      await task.getByText('repeats=[7]').waitFor({ state: 'hidden' });
      await task.getByRole('tab', { name: 'Parameters' }).click();
      await task.getByRole('row', { name: 'colour green' }).waitFor();
      await task.getByRole('tab', { name: /Files/ }).click();
      await task.getByRole('row', { name: /numbers\.txt/ }).waitFor();
      await task.getByRole('button', { name: 'Close' }).click();
      await page
        .getByRole('table', { name: 'Tasks of the experiment' })
        .getByText('Succeeded')
        .first()
        .waitFor();

      await choose(page, 'report', /^Report/);
      await form.getByText('Filled in as last time.').waitFor();
      expect(await form.getByLabel('Sample name').inputValue()).toBe('größe $HOME');
      expect(await form.getByLabel('attachment').inputValue()).toBe('numbers.txt');
      await form.getByRole('button', { name: 'Use the defaults' }).click();
      expect(await form.getByLabel('Sample name').inputValue()).toBe('plain');
      expect(await form.getByLabel('Target experiment').inputValue()).toBe(on.experiment.eid);
      expectQuiet(opened);
      await opened.close();
    });

    test('the chooser searches, and says which extensions can not be used', async () => {
      const opened = await openExperiment();
      const { page } = opened;
      await page.getByRole('button', { name: 'Run an extension' }).click();
      await page.getByText('Something is wrong with one extension').waitFor();
      await page.getByText('wire-invalid-default', { exact: false }).first().waitFor();
      await page.getByLabel('Search extensions and actions').fill('no such thing');
      await page.getByText('Nothing has this in its name or description').waitFor();
      await page.getByLabel('Search extensions and actions').fill('palette');
      await page.getByLabel('Search extensions and actions').fill('loud colours');
      await page.getByRole('button', { name: /^Many colours/ }).waitFor();
      expect(await page.getByRole('button', { name: /^flood/ }).count()).toBe(0);
      expectQuiet(opened);
      await opened.close();
    });

    test('lines appear while it runs, and it can be cancelled', async () => {
      const opened = await openExperiment();
      const { page } = opened;
      await choose(page, 'test actions count', /^count/);
      await page.getByLabel('lines').fill('2000');
      await page.getByLabel('pause').fill('0.05');
      await run(page);
      const task = page.getByRole('dialog');
      await task.getByText('größe 3', { exact: true }).waitFor(PATIENCE);
      await task.getByText('Running').waitFor();
      await task.getByText('größe 20', { exact: true }).waitFor(PATIENCE);
      await task.getByRole('button', { name: 'Cancel', exact: true }).click();
      await page.getByText('Its processes get SIGINT').waitFor();
      await page.getByRole('button', { name: 'Cancel the task' }).click();
      await task.getByText('Cancelled', { exact: true }).waitFor(PATIENCE);
      await task.getByText('It was cancelled while it ran.').waitFor();
      expect(await task.getByRole('button', { name: 'Cancel', exact: true }).count()).toBe(0);
      expectQuiet(opened);
      await opened.close();
    });

    test('a failure shows its code, and is run again with changes', async () => {
      const uuid = await on.submit('Wire types', 'fail', { target: on.experiment.eid, message: 'no signal' });
      const opened = await open(`/aqd/task-history?task=${uuid}`);
      const { page } = opened;
      const task = page.getByRole('dialog');
      await task.getByText('Failed (13)').waitFor(PATIENCE);
      await task.getByText('It ended with exit code 13.').waitFor();
      await task.getByText('could not finish: no signal').waitFor();
      await task.getByRole('button', { name: 'Run again with changes' }).click();
      expect(await page.getByLabel('message').inputValue()).toBe('no signal');
      await task.getByRole('button', { name: 'Back to the task' }).press('Enter');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Run again with changes');
      await page.keyboard.press('Enter');
      await page.getByLabel('message').fill('still none');
      await run(page);
      await task.getByText('could not finish: still none').waitFor(PATIENCE);
      expect(new URL(page.url()).searchParams.get('task')).not.toBe(uuid);
      await task.getByRole('tab', { name: 'Environment' }).click();
      await task.getByRole('link', { name: uuid }).waitFor();
      await task.getByText('exit 13').waitFor();
      // "Back" leads to the task before.
      await page.goBack();
      await task.getByText('could not finish: no signal').waitFor();
      expectQuiet(opened);
      await opened.close();
    });

    test('what it read and produced is shown, and opens in the viewer of the experiment', async () => {
      const uuid = await on.submit('Test actions', 'double', {
        experiment: on.experiment.eid,
        source: 'numbers.txt',
      });
      const opened = await open(`/aqd/task-history?task=${uuid}`);
      const { page } = opened;
      const produced = page.getByRole('list', { name: 'Produced files' });
      await produced.getByText('doubled.txt').waitFor(PATIENCE);
      await page.getByRole('tab', { name: 'Files (2)' }).click();
      await page.getByRole('row', { name: /numbers\.txt/ }).waitFor();
      await produced.getByRole('link', { name: 'doubled.txt' }).click();
      await page.waitForURL(/\/aqd\/experiments\/\d+-\d+\?file=doubled\.txt$/);
      await page.getByText('2 4 6').waitFor(PATIENCE);
      expectQuiet(opened);
      await opened.close();
    });

    test('nothing is lost or repeated when the server can not be reached for a while', async () => {
      const lines = 150;
      const proxy = await startCuttingProxy(on.url);
      const uuid = await on.submit('Test actions', 'count', {
        experiment: on.experiment.eid,
        lines: String(lines),
        pause: '0.05',
      });
      const opened = await openPage(browser as Browser, `${proxy.url}/aqd/task-history?task=${uuid}`);
      const { page } = opened;
      await page.getByText('größe 5', { exact: true }).waitFor(PATIENCE);
      const cutting = setInterval(() => proxy.cut(), 5);
      const drawer = page.getByRole('dialog');
      await drawer.getByText('The server does not answer. Nothing is lost').waitFor(PATIENCE);
      clearInterval(cutting);
      await page
        .getByText('The server does not answer.')
        .first()
        .waitFor({ state: 'detached', ...PATIENCE });
      await page.getByRole('dialog').getByText('Succeeded').waitFor(PATIENCE);
      const expected = Array.from({ length: lines }, (_, i) => `größe ${i + 1}`);
      await expect.poll(() => printed(page, 'STDOUT'), PATIENCE).toEqual(expected);
      expect(await printed(page, 'STDERR')).toEqual(expected.map((line) => line.replace('größe', 'stderr')));
      await opened.close();
      proxy.close();
    });

    test('a long log stays small in the page, and follows until somebody scrolls up', async () => {
      const uuid = await on.submit('Loud actions', 'flood', { experiment: on.experiment.eid });
      const opened = await open(`/aqd/task-history?task=${uuid}`);
      const { page } = opened;
      const task = page.getByRole('dialog');
      await task.getByText('line 20000', { exact: true }).waitFor(PATIENCE);
      await task.getByText('16,000 more characters').waitFor();
      await task.getByText(/^The first 1[\d,]+ lines are not shown/).waitFor();
      expect(await task.locator('[data-stream]').count()).toBeLessThanOrEqual(5000);
      const log = page.getByRole('log');
      const distance = () => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
      await expect.poll(distance, PATIENCE).toBeLessThan(30);
      await log.hover();
      await page.mouse.wheel(0, -3000);
      await task.getByRole('button', { name: 'To the end' }).click();
      await expect.poll(distance, PATIENCE).toBeLessThan(30);
      const downloading = page.waitForEvent('download');
      await task.getByRole('button', { name: 'Save the whole output' }).click();
      expect((await downloading).suggestedFilename()).toBe(`task-${uuid}.log`);
      expectQuiet(opened);
      await opened.close();
    });

    test('colours and overwritten lines look as in a terminal', async () => {
      const uuid = await on.submit('Loud actions', 'colours', { experiment: on.experiment.eid });
      const opened = await open(`/aqd/task-history?task=${uuid}`);
      const { page } = opened;
      await page.getByText('ready', { exact: true }).waitFor(PATIENCE);
      expect(await printed(page)).toEqual([
        'green and bold red and of the palette',
        'stays yellow',
        'over two lines',
        '100 %',
        'ready',
      ]);
      const colour = (text: string) =>
        page.getByText(text, { exact: true }).evaluate((piece) => piece.style.color);
      expect(await colour('over two lines')).toBe(await colour('stays yellow'));
      expect(await colour('green')).toMatch(/^light-dark/);
      expect(await colour('ready')).toBe('');
      expectQuiet(opened);
      await opened.close();
    });

    test('the history is filtered, paged and shared by its address, and changes by itself', async () => {
      for (const message of ['one', 'two'])
        await on.submit('Wire types', 'fail', { target: on.experiment.eid, message });
      await on.submit('Wire types', 'both', { target: on.experiment.eid });
      await on.submit('Test actions', 'count', { experiment: on.experiment.eid, lines: '1', pause: '0' });
      const opened = await open('/aqd/task-history');
      const { page } = opened;
      const rows = page.getByRole('table', { name: 'Tasks' }).locator('tbody tr');
      await rows.first().waitFor();

      await page.getByRole('button', { name: /^State/ }).click();
      await page.getByRole('checkbox', { name: 'Failed' }).check();
      await page.keyboard.press('Escape');
      await expect.poll(() => states(page), PATIENCE).toEqual(['Failed (13)']);
      expect(JSON.parse(new URL(page.url()).searchParams.get('state') ?? '')).toEqual(['FAILURE']);

      // A task of somebody else appears while this is looked at.
      const before = await rows.count();
      await on.submit('Wire types', 'fail', { target: on.experiment.eid, message: 'live' });
      await expect.poll(() => rows.count(), PATIENCE).toBe(before + 1);

      await page.getByRole('button', { name: /^Extension/ }).click();
      await page.getByRole('radio', { name: 'Loud actions' }).check();
      await page.keyboard.press('Escape');
      await page.getByText('No task is like this').waitFor();
      await page.getByRole('button', { name: 'Clear' }).click();
      await expect.poll(async () => (await states(page)).length, PATIENCE).toBeGreaterThan(1);

      await page.goto(`${on.url}/aqd/task-history?extension=Test%20actions&action=count&user=admin`);
      await rows.first().waitFor();
      await page.getByRole('button', { name: 'Action count' }).waitFor();
      expect(
        new Set(await page.getByRole('table').locator('tbody a[title^="count, of "]').allTextContents()),
      ).toEqual(new Set(['count']));
      await page.reload();
      await page.getByRole('button', { name: 'User admin' }).waitFor();
      await rows.first().waitFor();
      await page.keyboard.press('j');
      expect(await page.locator(':focus').textContent()).toBe('count');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.goto(`${on.url}/aqd/task-history?startDate=2001-01-01&endDate=2001-01-02`);
      await page.getByText('No task is like this').waitFor();
      await page.goto(`${on.url}/aqd/task-history?experiment=${on.other.uuid}`);
      await page.getByText('No task is like this').waitFor();
      expect(await page.getByRole('button', { name: 'Next page' }).count()).toBe(0);
      await page.goto(`${on.url}/aqd/task-history?page=9`);
      await page.getByText('No task is like this').waitFor();
      await page.getByRole('button', { name: 'Previous page' }).click();
      await page.waitForURL(/page=8/);
      await page.goto(`${on.url}/aqd/task-history?page=1&rowsPerPage=25&state=nonsense`);
      await page.getByText(/of \d+/).waitFor();
      expectQuiet(opened);
      await opened.close();
    });

    test('a task that does not exist is said so', async () => {
      for (const uuid of ['00000000-0000-4000-8000-000000000000', 'nonsense']) {
        const opened = await open(`/aqd/task-history?task=${uuid}`);
        await opened.page.getByText('There is no such task').waitFor();
        expectQuiet(opened);
        await opened.close();
      }
    });

    test('a page has one stream for all tasks and one for the open one, and none when it is left', async () => {
      const uuid = await on.submit('Test actions', 'count', {
        experiment: on.experiment.eid,
        lines: '2000',
        pause: '0.05',
      });
      const opened = await open('/settings');
      const { page } = opened;
      const streams = new Set<object>();
      page.on('request', (request) => {
        if (request.headers().accept === 'text/event-stream') streams.add(request);
      });
      for (const end of ['requestfinished', 'requestfailed'] as const)
        page.on(end as 'requestfinished', (request) => void streams.delete(request));
      await page.getByRole('link', { name: 'Task history' }).click();
      await page.getByRole('link', { name: 'count' }).first().click();
      await page.getByText('größe 2', { exact: true }).waitFor(PATIENCE);
      expect(streams.size).toBe(2);
      await page.getByRole('button', { name: 'Close' }).click();
      await expect.poll(() => streams.size, PATIENCE).toBe(1);
      await page.getByRole('link', { name: 'Settings' }).click();
      await expect.poll(() => streams.size, PATIENCE).toBe(0);
      expectQuiet(opened);
      await opened.close();
      expect(await on.stateOf(uuid)).toBe('STARTED');
    });
  },
);

describe.skipIf(typeof browser === 'string')('tasks in the web interface', () => {
  let on: TaskServer;
  beforeAll(async () => {
    on = await startTaskServer('SQLite');
  });
  afterAll(async () => void (await on.server.stop()));

  test('one that was cancelled while it waited says that it never started', async () => {
    const narrow = await startTaskServer('SQLite', { AQUEDUCT_TASKS_AT_ONCE: '1' });
    onTestFinished(async () => void (await narrow.server.stop()));
    const count = { experiment: narrow.experiment.eid, lines: '2000', pause: '0.05' };
    await narrow.submit('Test actions', 'count', count);
    const uuid = await narrow.submit('Test actions', 'count', count);
    const opened = await openPage(browser as Browser, `${narrow.url}/aqd/task-history?task=${uuid}`);
    const { page } = opened;
    const task = page.getByRole('dialog');
    await task.getByText('Waiting').waitFor(PATIENCE);
    await task.getByRole('tab', { name: 'Environment' }).click();
    await task.getByRole('row', { name: 'Started not yet' }).waitFor();
    await task.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel the task' }).click();
    await task.getByText('It was cancelled before it ran.').waitFor(PATIENCE);
    await task.getByRole('row', { name: 'Started never' }).waitFor();
    await task.getByRole('row', { name: 'Interpreter none' }).waitFor();
    expect(await task.getByText('not yet').count()).toBe(0);
    expectQuiet(opened);
    await opened.close();
  });

  test.each(looks)(
    'axe finds nothing serious, and nothing is cut off: $name',
    { timeout: 180_000 },
    async (look) => {
      const uuid = await on.submit('Loud actions', 'colours', { experiment: on.experiment.eid });
      const opened = await openPage(browser as Browser, `${on.url}/aqd/task-history`, look);
      const { page } = opened;
      const check = async (part?: string) => {
        await expectAccessible(page, part);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
      };
      await page.getByRole('table', { name: 'Tasks' }).waitFor();
      await check();
      await page.goto(`${on.url}/aqd/task-history?task=${uuid}`);
      await page.getByText('ready', { exact: true }).waitFor(PATIENCE);
      await page.getByRole('dialog').getByText('Succeeded').waitFor(PATIENCE);
      await check(DIALOG);
      // What is in these does not depend on the width.
      for (const name of look.width > 1000 ? ['Parameters', 'Files', 'Environment'] : []) {
        await page.getByRole('tab', { name }).click();
        await check(DIALOG);
      }
      await page.goto(`${on.url}/aqd/experiments/${on.experiment.eid}`);
      await page.getByRole('table', { name: 'Tasks of the experiment' }).waitFor();
      await page.getByRole('button', { name: 'Run an extension' }).click();
      await page.getByRole('button', { name: /^Report/ }).waitFor();
      await check(DIALOG);
      await page.getByRole('button', { name: /^Report/ }).click();
      await run(page);
      await page.getByText('Needs an experiment.').waitFor();
      await check(DIALOG);
      expectQuiet(opened);
      await opened.close();
    },
  );
});

/** Chooses an action of the experiment whose page is open. */
async function choose(page: Page, search: string, action: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Run an extension' }).click();
  await page.getByLabel('Search extensions and actions').fill(search);
  await page.getByRole('button', { name: action }).click();
  await page.getByRole('form').waitFor();
}

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
}

/** The lines of a log that is shown. */
async function printed(page: Page, stream?: 'STDOUT' | 'STDERR'): Promise<string[]> {
  return page.locator(stream ? `[data-stream=${stream}]` : '[data-stream]').allTextContents();
}

/** The different states in the list. */
async function states(page: Page): Promise<string[]> {
  const all = await page.getByRole('table', { name: 'Tasks' }).locator('[data-status]').allTextContents();
  return [...new Set(all)];
}
