import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { create, graphql } from '../graphql-client.ts';
import { hold } from './hold.ts';
import { expectQuiet, openPage } from './open-page.ts';
import { databaseFile } from './sample-files/database.ts';
import { ShownFiles } from './shown-files.ts';

const browser = await startChromium();
if (typeof browser === 'string')
  console.warn(`Filters, turned pages and plots without numbers are not tested: ${browser}`);

const ROWS =
  'CREATE TABLE t (x); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO t SELECT i FROM n';
const LOSSES = ['x,loss', ...Array.from({ length: 20 }, (_, i) => `${i + 1},${-i - 1}`)].join('\n');
const THREE = 'x,y,z\n1,2,3\n2,3,4\n3,4,5\n';
const NAMES = Array.from({ length: 9 }, (_, i) => `detector_${i}`);
const MANY = `x,${NAMES}\n1,${NAMES.map((_, i) => i)}\n2,${NAMES.map((_, i) => 2 * i)}\n`;
const WIDE = 'x,y\n1e-300,1\n1,2\n1e300,3\n2,4\n';

describe.skipIf(typeof browser === 'string')('what is pressed does what it says', () => {
  let shown: ShownFiles;
  beforeAll(async () => {
    shown = await ShownFiles.start(browser as Browser, [
      ['rows.db', await databaseFile(ROWS)],
      ['losses.csv', LOSSES],
      ['wide.csv', WIDE],
      ['three.csv', THREE],
      ['many.csv', MANY],
    ]);
  });
  afterAll(() => shown.stop());

  const open = (path: string) => openPage(browser as Browser, `${shown.server.url}${path}`);

  test('the button of a filter opens it and closes it, and so does a press elsewhere', async () => {
    const opened = await open('/aqd/experiments');
    const { page } = opened;
    const button = page.getByRole('button', { name: 'Date', exact: true });
    const filter = page.getByRole('dialog', { name: 'Filter by date' });
    for (const close of [() => button.click(), () => page.getByRole('heading', { level: 1 }).click()]) {
      await button.click();
      await filter.waitFor();
      await close();
      await filter.waitFor({ state: 'detached' });
      expect(await button.getAttribute('aria-expanded')).toBe('false');
    }
    expectQuiet(opened);
    await opened.close();
  });

  test('Escape in a filter takes no tag that is half typed, a press elsewhere does', async () => {
    const opened = await open('/aqd/experiments');
    const { page } = opened;
    const button = page.getByRole('search').getByRole('button', { name: 'Tags' });
    const type = async () => {
      await button.click();
      await page.getByRole('combobox', { name: 'Tags to filter by' }).fill('qub');
    };
    await type();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Tags');
    expect(new URL(page.url()).search).toBe('');
    await type();
    await page.getByRole('heading', { level: 1 }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('tags')).toBe('["qub"]');
    expectQuiet(opened);
    await opened.close();
  });

  test('what is typed while a filter or a dialog opens does nothing to the page', async () => {
    await create(shown.server.url, 'Typed over');
    const opened = await open('/aqd/experiments');
    const { page } = opened;
    const changes: string[] = [];
    page.on('request', (request) => {
      if (request.postData()?.includes('mutation')) changes.push(request.postData() ?? '');
    });
    const address = page.url();
    const rows = page.locator('tbody tr');
    await rows.first().getByRole('checkbox').check();
    for (const [part, act, field] of [
      [
        'filter-dropdown',
        () => page.getByRole('search').getByRole('button', { name: 'Tags' }).click(),
        'Tags to filter by',
      ],
      ['key-help', () => page.keyboard.press('?'), undefined],
    ] as const) {
      const loading = await hold(page, `**/assets/${part}-*.js`);
      await act();
      await loading.begun;
      // Keys of the list, Space and Enter, which would press what has the focus.
      await page.keyboard.type('new e n');
      await page.keyboard.press('Enter');
      loading.release();
      await page.getByRole('dialog').waitFor();
      if (field) await page.getByLabel(field).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    // Whoever speaks to the computer can switch them off.
    await page.evaluate("localStorage.setItem('aqueduct-single-keys', 'false')");
    await page.keyboard.type('?n');
    await page.goto(`${shown.server.url}/settings`);
    await page.getByLabel('Single keys act').check({ force: true });
    await page.goto(address);
    await rows.first().waitFor();
    // What was given up while it opened does not come.
    const loading = await hold(page, '**/assets/date-filter-fields-*.js');
    await page.getByRole('button', { name: 'Date', exact: true }).click();
    await loading.begun;
    await page.keyboard.press('Escape');
    loading.release();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(1);
    expect(page.url()).toBe(address);
    expect(changes).toEqual([]);
    expectQuiet(opened);
    await opened.close();
  });

  test('the next rows of a database are seen from the first of them on', async () => {
    const opened = await shown.open('rows.db');
    const { viewer } = opened;
    const grid = viewer.getByRole('region', { name: 'Contents' });
    await grid.getByRole('cell', { name: '1', exact: true }).first().waitFor();
    await grid.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect.poll(() => grid.evaluate((box) => box.scrollTop)).toBeGreaterThan(500);
    const before = await viewer.getByRole('status').textContent();
    await viewer.getByRole('button', { name: 'Next rows' }).click();
    await expect.poll(() => viewer.getByRole('status').textContent()).not.toBe(before);
    await expect.poll(() => grid.evaluate((box) => box.scrollTop)).toBe(0);
    expectQuiet(opened);
    await opened.close();
  });

  test.each([
    ['losses.csv', 'y', 'loss'],
    ['wide.csv', 'xy', 'x'],
  ])('of %s, a logarithmic axis that has no ticks is drawn and saved', async (name, log, label) => {
    const opened = await shown.open(name, { search: { look: 'Plot', log } });
    const { page, viewer } = opened;
    await viewer.getByRole('img', { name: /^Plot of/ }).waitFor();
    await viewer.getByRole('button', { name: 'Save plot' }).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'As SVG' }).click(),
    ]);
    expect(await readFile(await saved.path(), 'utf8')).toContain(`>${label}</text>`);
    expectQuiet(opened);
    await opened.close();
  });

  test.each([320, 390])('at a width of %i, names of files have the room', async (width) => {
    const opened = await openPage(browser as Browser, shown.addressOf('losses.csv'), { width });
    const list = opened.page.getByRole('region', { name: 'List of files' });
    const row = list.getByRole('row').filter({ hasText: 'losses.csv' });
    expect((await row.getByRole('link').boundingBox())?.width).toBeGreaterThan(width * 0.7);
    await row.getByRole('cell', { name: /^\d+ B$/ }).waitFor();
    expect(await list.getByRole('button').allTextContents()).toEqual(['Name', 'Size', 'Date']);
    expect(await list.evaluate((node) => Number(Reflect.get(node, 'scrollWidth')))).toBeLessThan(width);
    expectQuiet(opened);
    await opened.close();
  });

  test('columns are chosen one after the other with the keyboard', async () => {
    const opened = await shown.open('three.csv', { search: { look: 'Plot' } });
    const { page, viewer } = opened;
    await viewer.getByRole('combobox', { name: 'Columns for y' }).focus();
    for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter'])
      await page.keyboard.press(key);
    await viewer.getByRole('img', { name: 'Plot of y, z over x, 3 points' }).waitFor();
    for (const key of ['ArrowUp', 'Enter']) await page.keyboard.press(key);
    await viewer.getByRole('img', { name: 'Plot of z over x, 3 points' }).waitFor();
    await page.keyboard.press('Escape');
    expectQuiet(opened);
    await opened.close();
  });

  test('on a small screen all of a long legend can be reached', async () => {
    const search = { look: 'Plot', y: JSON.stringify(NAMES) };
    const viewport = { width: 320, height: 640 };
    const opened = await shown.open('many.csv', { search, context: { viewport } });
    await opened.viewer.locator('.u-legend').waitFor();
    // Between its end and that of what scrolls.
    const left = () =>
      opened.page.evaluate<number>(`(() => {
        const legend = document.querySelector('.u-legend');
        let place = legend.parentElement;
        while (getComputedStyle(place).overflowY !== 'auto') place = place.parentElement;
        const end = place.getBoundingClientRect().top - place.scrollTop + place.scrollHeight;
        return Math.ceil(end - legend.getBoundingClientRect().bottom);
      })()`);
    await expect.poll(left).toBeGreaterThanOrEqual(0);
    expectQuiet(opened);
    await opened.close();
  });

  test('a button that goes away when it is pressed leaves the focus near', async () => {
    const opened = await open('/aqd/experiments?title=files');
    const { page } = opened;
    const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter');
    const focused = () =>
      page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.localName");
    await page.locator('tbody tr').first().waitFor();
    await press('Clear the search');
    await expect.poll(focused).toBe('Search by EID and title');
    await page.locator('tbody tr').first().getByRole('checkbox').check();
    await press('Clear');
    await expect.poll(focused).toBe('Choose all of this page');
    await page.goto(`${shown.server.url}/aqd/experiments?title=files`);
    await press('Clear');
    await expect.poll(focused).toBe('search');

    await page.goto(shown.addressOf('wide.csv'));
    await press('Close the viewer');
    await page.getByText('No file selected').waitFor();
    expect(await page.evaluate('document.activeElement.title')).toBe('wide.csv');
    expectQuiet(opened);
    await opened.close();
  });

  test('on a small screen nothing lies over what gets the focus', async () => {
    const viewport = { width: 390, height: 360 };
    const opened = await openPage(browser as Browser, shown.addressOf('wide.csv'), { context: { viewport } });
    const { page } = opened;
    const walk = async (key: string, steps: number) => {
      for (let i = 0; i < steps; i++) {
        await page.keyboard.press(key);
        const covered = await page.evaluate(`(() => {
          const focused = document.activeElement;
          const { left, top, width, height } = focused.getBoundingClientRect();
          const seen = document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2);
          const isSmall = height > 0 && height < 100;
          const isSeen = focused.contains(seen) || focused.parentElement.contains(seen);
          return isSmall && !isSeen ? focused.outerHTML : undefined;
        })()`);
        expect(covered).toBe(undefined);
      }
    };
    await page.getByRole('button', { name: 'Close the viewer' }).focus();
    await walk('Shift+Tab', 20);
    await page.getByRole('button', { name: 'Run an extension' }).click();
    await page.getByRole('button', { name: /^Print the parameters/ }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await walk('Tab', 10);
    await walk('Shift+Tab', 10);
    expectQuiet(opened);
    await opened.close();
  });

  test('before a file is deleted, a name that turns its letters around is seen as it is', async () => {
    await shown.put('a \u202Evsc.exe', 'a\n1\n');
    const opened = await shown.open('losses.csv');
    const { page } = opened;
    const list = page.getByRole('region', { name: 'List of files' });
    await list.getByRole('row').filter({ hasText: '.exe' }).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('a ⟨U+202E⟩vsc.exe').waitFor();
    expectQuiet(opened);
    await opened.close();
  });

  test('a star makes no difference of tags, and an experiment that was added leaves the field empty', async () => {
    const { url } = shown.server;
    const [plain, starred, bare] = await Promise.all([
      create(url, 'Plain', ['t']),
      create(url, 'Starred', ['t']),
      create(url, 'Bare', []),
    ]);
    await graphql(
      url,
      'mutation ($u: [UUID!]!) { tagExperiments(tagExperimentsInput: { uuids: $u, add: ["__favourite__"] }) { eid } }',
      { u: [starred.uuid, bare.uuid] },
    );
    const opened = await open(`/aqd/experiments/compare?eids=${plain.eid},${starred.eid}`);
    const { page } = opened;
    const tags = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: 'Tags', exact: true }) });
    await tags.waitFor();
    expect(await tags.locator('[data-differs]').count()).toBe(0);
    const field = page.getByRole('combobox', { name: 'Add an experiment' });
    await field.fill('Bare');
    await page.getByRole('option', { name: bare.eid }).click();
    await expect.poll(() => tags.getByRole('cell').allTextContents()).toEqual(['t', 't', '–none']);
    expect(await field.inputValue()).toBe('');
    expectQuiet(opened);
    await opened.close();
  });
});
