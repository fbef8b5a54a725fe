import { databases } from '@aqueduct/server/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { create, graphql, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { expectAccessible, expectQuiet, looks, type OpenPage, openPage } from './open-page.ts';
import { populated } from './populated.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`The lists of experiments are not tested: ${browser}`);
afterAll(async () => {
  if (typeof browser !== 'string') await browser.close();
});

describe.skipIf(typeof browser === 'string').each(databases)('lists of experiments on %s', (database) => {
  let server: ServerProcess;
  let opened: OpenPage;
  let page: Page;
  beforeAll(async () => {
    server = await populated(database, 700);
  });
  afterAll(() => server.stop());

  const open = async (path: string, options?: Parameters<typeof openPage>[2]) => {
    opened = await openPage(browser as Browser, `${server.url}${path}`, options);
    page = opened.page;
  };
  const done = async () => {
    expectQuiet(opened);
    await opened.close();
  };
  const rows = () => page.locator('tbody tr');
  const titles = () => page.locator('tbody tr a').allTextContents();
  const search = () => new URL(page.url()).searchParams;

  test('show the newest, turn pages, and keep all of it in the address', async () => {
    await open('/');
    await page.getByText('1–25 of 665').waitFor();
    expect(await rows().count()).toBe(25);
    expect(await rows().first().textContent()).toMatch(/20210102-200.*qubit 49/);
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('26–50 of 665').waitFor();
    await page.getByLabel('Rows').selectOption('100');
    await page.getByText('1–100 of 665').waitFor();
    await page.getByRole('button', { name: 'Title' }).click();
    await page.getByText('Hahn echo of qubit 0').first().waitFor();
    expect(Object.fromEntries(search())).toEqual({ rowsPerPage: '100', orderBy: 'TITLE_ASC' });
    const before = await titles();
    expect(before).toEqual(before.toSorted());
    await page.reload();
    await expect.poll(titles).toEqual(before);
    await done();
  });

  test('are searched while one types, and the older rows stay until the newer come', async () => {
    await open('/');
    await rows().first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('m42X99');
    await page.getByText('1–7 of 7').waitFor();
    expect(search().get('title')).toBe('m42X99');
    expect(new Set((await titles()).map((title) => title.slice(-6)))).toEqual(new Set(['m42x99']));
    await page.getByLabel('Search by EID and title').fill('20210102-1');
    await page.getByText(/of 105$/).waitFor();
    await page.getByLabel('Search by EID and title').fill('20210101');
    await page.getByText('1–25 of 475').waitFor();
    await page.getByLabel('Search by EID and title').fill('nothing has this');
    await page.getByText('No experiment matches').waitFor();
    await page.getByRole('button', { name: 'Clear the search and all filters' }).click();
    await page.getByText('1–25 of 665').waitFor();
    expect(page.url()).toBe(`${server.url}/aqd/experiments`);
    await done();
  });

  test("understand the original's bookmarks", async () => {
    const tags = encodeURIComponent('["qubit-7","run/3"]');
    await open(
      `/aqd/experiments?tags=${tags}&startDate=2021-01-01&endDate=2021-01-01&page=1&rowsPerPage=5&title=`,
    );
    await page.getByText(/^6–10 of \d+$/).waitFor();
    await page.getByRole('button', { name: /^Tags qubit-7 or 1 more/ }).waitFor();
    for (const row of await rows().all()) expect(await row.textContent()).toMatch(/qubit-7|run\/3/);
    await done();
    await open('/aqd/experiments?startDate=2021-01-02T03:00:00.000Z&page=400');
    await page.getByText('The list ends before this page').waitFor();
    await done();
  });

  test('are filtered by tags, days and authors', async () => {
    await open('/');
    await page.getByRole('button', { name: 'Tags' }).click();
    const field = page.getByRole('combobox', { name: 'Tags to filter by' });
    await field.fill('QUBIT-1');
    await page.getByRole('option', { name: 'qubit-12' }).click();
    await page.getByText(/^1–\d+ of 14$/).waitFor();
    await field.fill('setup/12');
    await page.getByRole('option', { name: 'setup/12' }).click();
    await page.getByText(/of 42$/).waitFor();
    await page.getByText('All of them').click();
    await page.getByText(/of 7$/).waitFor();
    expect(Object.fromEntries(search())).toEqual({ tags: '["qubit-12","setup/12"]', match: 'all' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Author' }).click();
    await page.getByRole('checkbox', { name: 'admin' }).check();
    await expect.poll(() => search().get('authors')).toBe('["admin"]');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByText(/of 665$/).waitFor();

    await page.getByRole('button', { name: 'Date' }).click();
    await page.getByLabel('From').fill('2021-01-02');
    await page.getByLabel('To').fill('2021-01-02');
    // A day in Berlin begins an hour before that in UTC: 20 experiments of 500 a day.
    await page.getByText(/of 209$/).waitFor();
    await page.getByLabel('To').fill('2021-01-01');
    await page.getByText('Before 2021-01-02: no day is in between.').waitFor();
    await page.getByText('The last day of the period is before the first one.').waitFor();
    await page.getByRole('button', { name: 'Today' }).click();
    await page.getByText('No experiment matches').waitFor();
    await done();
  });

  test.each(['/aqd/experiments', '/aqd/task-history'])('a day is typed key by key (%s)', async (path) => {
    await open(path);
    await page.getByRole('button', { name: 'Date' }).click();
    const from = page.getByLabel('From');
    await from.focus();
    for (const key of '02022021') {
      await page.keyboard.type(key);
      // As long as the address would take to change.
      await page.waitForTimeout(100);
    }
    await expect.poll(() => search().get('startDate')).toBe('2021-02-02');
    expect(await from.inputValue()).toBe('2021-02-02');
    await done();
  });

  test('are worked with by keys alone', async () => {
    await open('/');
    await rows().first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const key of ['j', 'j', 'k', 's']) await page.keyboard.press(key);
    const eid = (await rows().first().locator('td').nth(2).textContent()) ?? '';
    await page.getByRole('button', { name: `Favourite ${eid}`, pressed: true }).waitFor();
    for (const key of ['x', 'j', 'j', 'X']) await page.keyboard.press(key);
    await page.getByText('3 chosen').waitFor();
    await page.keyboard.press('t');
    await page.getByRole('combobox', { name: 'Add' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('By-Keys');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Change tags' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The keys go on where they were.
    await expect.poll(() => page.locator('tr:focus-within').count()).toBe(1);
    await expect.poll(async () => (await tagged(server, 'by-keys')).length).toBe(3);
    await page.keyboard.press('Escape');
    await page.getByText('3 chosen').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Favourites' }).click();
    await page.getByText('1–1 of 1').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/aqd/experiments/${eid}`);
    // A key that is held down is pressed once.
    await page.goBack();
    await page.getByText('1–1 of 1').waitFor();
    let made = 0;
    page.on('request', (request) => {
      if (request.postData()?.includes('mutation CreateExperiment')) made += 1;
    });
    for (let i = 0; i < 6; i += 1) await page.keyboard.down('n');
    await page.keyboard.up('n');
    await page.getByLabel('Title').waitFor();
    expect(made).toBe(1);
    await done();
  });

  test('many at once are archived and, with what is lost named, deleted', async () => {
    for (const title of ['gone 1', 'gone 2', 'gone 3']) {
      const { uuid } = await create(server.url, title, ['gone']);
      await upload(server.url, uuid, 'data.csv', new Uint8Array(1000));
    }
    await open('/aqd/experiments?title=gone');
    await page.getByText('1–3 of 3').waitFor();
    await rows().nth(0).getByRole('checkbox').click();
    await rows()
      .nth(2)
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    const bar = page.getByRole('toolbar');
    expect(await bar.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    await bar.getByRole('button', { name: 'Archive' }).click();
    await page.getByText('No experiment matches').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    const notice = page.getByRole('status').filter({ hasText: '3 experiments archived' });
    await notice.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1–3 of 3').waitFor();
    // The row that comes into the place of the archived one gets the focus.
    for (const key of ['Escape', 'j', 'j', 'e']) await page.keyboard.press(key);
    await page.getByText('1–2 of 2').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('gone 1');
    await page.keyboard.press('e');
    await page.getByText('1–1 of 1').waitFor();
    // Undoing it leaves the focus where it was.
    await page
      .getByRole('status')
      .filter({ hasText: /-\d+ archived/ })
      .last()
      .getByRole('button', { name: 'Undo' })
      .click();
    await page.getByText('1–2 of 2').waitFor();
    expect(await page.evaluate("document.activeElement.closest('tr') !== null")).toBe(true);
    for (const left of ['1–1 of 1', 'No experiment matches']) {
      await page.keyboard.press('e');
      await page.getByText(left).waitFor();
    }
    await done();

    await open('/aqd/experiments/archived?title=gone');
    await page.getByLabel('Choose all of this page').click();
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete 3 experiments for good?' });
    await dialog.getByText('gone 2').waitFor();
    await dialog.getByText('3 files (3.0 kB) and no tasks').waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No experiment matches').waitFor();
    await page.getByText('3 experiments deleted').waitFor();
    expect(await tagged(server, 'gone')).toEqual([]);
    await done();
  });

  test('are chosen on several pages, to be compared', async () => {
    await open('/aqd/experiments?title=qubit&rowsPerPage=10');
    const chosen: (string | null)[] = [];
    for (const words of ['1 chosen', '2 chosen, 1 on other pages']) {
      await page.getByText(chosen.length === 0 ? /^1–10 of/ : /^11–20 of/).waitFor();
      await page.locator('table:not([data-stale])').waitFor();
      chosen.push(await rows().nth(1).locator('td').nth(2).textContent());
      await rows().nth(1).getByRole('checkbox').click();
      await page.getByText(words, { exact: true }).waitFor();
      if (chosen.length === 1) await page.getByRole('button', { name: 'Next page' }).click();
    }
    const bar = page.getByRole('toolbar');
    await bar.getByRole('button', { name: 'Favourite' }).click();
    await bar.getByRole('button', { name: 'No favourite' }).click();
    await bar.getByRole('button', { name: 'Favourite', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Previous page' }).click();
    await rows().nth(1).getByRole('checkbox', { checked: true }).waitFor();
    await bar.getByRole('button', { name: 'Compare' }).click();
    for (const eid of chosen)
      await page
        .getByText(eid ?? '', { exact: true })
        .first()
        .waitFor();
    await done();
  });

  test('what is lost is counted also of those that have left the page', async () => {
    const { uuid } = await create(server.url, 'shifted 1', ['__archived__']);
    await upload(server.url, uuid, 'data.csv', new Uint8Array(1000));
    await open('/aqd/experiments/archived?title=shifted&rowsPerPage=1');
    await page.getByLabel('Choose all of this page').click();
    // The list does not learn of the next one, which takes the place on its page.
    await page.route('**/api/graphql', (route) =>
      /ListExperiments/.test(route.request().postData() ?? '') ? undefined : route.fallback(),
    );
    await create(server.url, 'shifted 2', ['__archived__']);
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('shifted 1').waitFor();
    await dialog.getByText('1 file (1.0 kB) and no tasks').waitFor();
    await page.unroute('**/api/graphql');
    await done();
  });

  test('make a new experiment and open it', async () => {
    await open('/aqd/experiments/favourites');
    await page.getByRole('button', { name: 'New experiment' }).click();
    await page.waitForURL(/\/aqd\/experiments\/\d{8}-\d+$/);
    const eid = page.url().split('/').at(-1) ?? '';
    const { data } = await graphql(
      server.url,
      '{ experiments(offset: 0, limit: 1) { experimentsData { eid title } } }',
    );
    expect(data).toEqual({ experiments: { experimentsData: [{ eid, title: 'New Experiment' }] } });
    await done();
  });

  test('show long and strange texts without breaking', async () => {
    const title = `${'Ω<script>alert(1)</script> & '.repeat(9)}`.slice(0, 256);
    await create(
      server.url,
      title,
      Array.from({ length: 20 }, (_, i) => `${'a-long-tag/'.repeat(5)}${i}`),
    );
    await create(server.url, 'תנודת רבי של קיוביט 3 \u202Egnp.exe');
    for (const width of [360, 800, 3840]) {
      await open('/', { width });
      await rows().first().waitFor();
      expect((await titles()).slice(0, 2)).toEqual(['תנודת רבי של קיוביט 3 ⟨U+202E⟩gnp.exe', title]);
      const direction = (index: number) =>
        page.evaluate(`getComputedStyle(document.querySelectorAll('tbody tr a')[${index}]).direction`);
      expect([await direction(0), await direction(1)]).toEqual(['rtl', 'ltr']);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await done();
    }
  });
});

describe.skipIf(typeof browser === 'string')('axe finds nothing serious', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await populated('SQLite', 60);
  });
  afterAll(() => server.stop());

  test.each(looks)('$name', { timeout: 180_000 }, async ({ colorScheme, width }) => {
    const opened = await openPage(browser as Browser, server.url, { colorScheme, width });
    const { page } = opened;
    await page.locator('tbody tr').first().waitFor();
    await expectAccessible(page);
    await page.getByLabel('Choose all of this page').click();
    await expectAccessible(page);
    for (const filter of ['Tags', 'Date', 'Author']) {
      await page.getByRole('button', { name: filter, exact: true }).last().click();
      await page.getByRole('dialog').waitFor();
      await expectAccessible(page, '[role="dialog"]');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expectQuiet(opened);
    await opened.close();
  });
});

describe.skipIf(typeof browser === 'string')('an empty installation', () => {
  test('says what to do first, with its own address', async () => {
    const server = await startServer();
    const opened = await openPage(browser as Browser, server.url, {
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    const { page } = opened;
    await page.getByRole('heading', { name: 'Welcome to Aqueduct' }).waitFor();
    await page.getByText(`API("${server.url}/")`).waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'TypeScript' }).click();
    await page.getByRole('button', { name: 'Copy the TypeScript example' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain(`new API('${server.url}')`);
    expectQuiet(opened);
    await opened.close();
    await server.stop();
  });
});

/** EIDs of the experiments with a tag, archived or not. */
async function tagged(server: ServerProcess, tag: string): Promise<string[]> {
  const list = 'experimentsData { eid }';
  const { data } = await graphql(
    server.url,
    `query ($tag: String!) {
      live: experiments(offset: 0, limit: 50, filters: { tags: [$tag] }) { ${list} }
      archived: experiments(offset: 0, limit: 50, filters: { shouldIncludeTags: ["__archived__", $tag] }) { ${list} }
    }`,
    { tag },
  );
  const { live, archived } = data as Record<'live' | 'archived', { experimentsData: { eid: string }[] }>;
  return [...live.experimentsData, ...archived.experimentsData].map(({ eid }) => eid);
}
