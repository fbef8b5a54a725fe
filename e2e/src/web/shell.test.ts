import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { expectAccessible, expectQuiet, looks, openPage } from './open-page.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`The web interface is not tested: ${browser}`);

/** Address, title, and where it leads to if that is another address. */
const PAGES: readonly [path: string, title: string, address?: string][] = [
  ['/', 'All experiments', '/aqd/experiments'],
  ['/aqd/experiments/favourites', 'Favourites'],
  ['/aqd/experiments/archived', 'Archived'],
  ['/aqd/task-history', 'Task history'],
  ['/documentation', 'Documentation'],
  ['/documentation/operation', 'Operation'],
  ['/documentation/labyrinth', 'Page not found'],
  ['/settings', 'Settings'],
  ['/login', 'All experiments', '/aqd/experiments'],
  ['/labyrinth', 'Page not found'],
];

describe.skipIf(typeof browser === 'string').each(['', '/lab/aqueduct'])('below "%s"', (basePath) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: basePath === '' ? {} : { AQUEDUCT_BASE_PATH: basePath } });
  });
  afterAll(() => server.stop());

  const open = (path: string, options?: Parameters<typeof openPage>[2]) =>
    openPage(browser as Browser, `${server.url}${basePath}${path}`, options);

  test.each(PAGES)('%s is the page "%s"', async (path = '', title, address = path) => {
    const opened = await open(path);
    await opened.page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await opened.page.title()).toBe(`${title} · Aqueduct`);
    expect(new URL(opened.page.url()).pathname).toBe(`${basePath}${address}`);
    expectQuiet(opened);
    await opened.close();
  });

  test('its files are compressed and kept for ever, the page never', async () => {
    const page = await fetch(`${server.url}${basePath}/aqd/experiments`);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const html = await page.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|style=/);
    const script = /src="([^"]*\/assets\/index-[^"]+\.js)"/.exec(html)?.[1] ?? '';
    for (const [accepted, encoding] of [
      ['br, gzip', 'br'],
      ['gzip, br;q=0', 'gzip'],
      ['identity', null],
    ] as const) {
      const asset = await fetch(`${server.url}${script}`, { headers: { 'accept-encoding': accepted } });
      expect(asset.headers.get('content-encoding')).toBe(encoding);
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect((await asset.text()).length).toBeGreaterThan(100_000);
    }
    for (const name of ['none-12345678.js', '..%2findex.html', '.vite'])
      expect((await fetch(`${server.url}${basePath}/assets/${name}`)).status).toBe(404);
  });
});

describe.skipIf(typeof browser === 'string')('the shell', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await server.stop();
    await (browser as Browser).close();
  });

  test('leads to the pages, with the focus at their beginning', async () => {
    const opened = await openPage(browser as Browser, server.url);
    const { page } = opened;
    await page.getByRole('heading', { level: 1, name: 'All experiments' }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Task history' }).click();
    const heading = page.getByRole('heading', { level: 1, name: 'Task history' });
    await heading.waitFor();
    await page.locator(':focus').getByRole('heading', { level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'All experiments' }).waitFor();
    expectQuiet(opened);
    await opened.close();
  });

  test.each(['/settings', '/aqd/task-history', '/documentation', '/aqd/experiments/compare'])(
    '%s is drawn as soon as its code is there, not when a time is over',
    async (path) => {
      const opened = await openPage(browser as Browser, `${server.url}/health`);
      const { page } = opened;
      // No time passes for the page.
      await page.clock.install({ time: 0 });
      await page.clock.pauseAt(1000);
      await page.goto(`${server.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expectQuiet(opened);
      await opened.close();
    },
  );

  test('brings the documentation along, whose pages lead to each other', async () => {
    const opened = await openPage(browser as Browser, `${server.url}/documentation`, { colorScheme: 'dark' });
    const { page } = opened;
    const main = page.getByRole('main');
    await main.getByRole('link', { name: 'API' }).waitFor();
    const pages = main.locator('a[href*="/documentation/"]');
    expect(await pages.count()).toBeGreaterThanOrEqual(8);
    for (const link of await pages.all()) {
      const title = (await link.textContent()) ?? '';
      await link.click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await main.locator('h2, pre, table').first().waitFor();
      expect(await main.locator('a:not([href])').count()).toBe(0);
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Documentation' }).waitFor();
    }
    await main.getByRole('link', { name: 'Extensions' }).click();
    await main.getByRole('link', { name: '@aqueduct/client' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'The TypeScript client' }).waitFor();
    await expectAccessible(page);
    expectQuiet(opened);
    await opened.close();
  });

  test('leads to headings of the documentation, on the same page and on others', async () => {
    const opened = await openPage(browser as Browser, `${server.url}/documentation/typescript`);
    const { page } = opened;
    const main = page.getByRole('main');
    const expectSeen = async (name: string, hash: string) => {
      const heading = main.getByRole('heading', { name, exact: true });
      await heading.waitFor();
      const top = () => heading.evaluate((element) => element.getBoundingClientRect().top);
      await expect.poll(top, { timeout: 20_000 }).toBeLessThan(800);
      expect(await top()).toBeGreaterThanOrEqual(0);
      expect(new URL(page.url()).hash).toBe(hash);
    };
    // What is not of this documentation is no link.
    await main.getByText('The TypeScript client of Aqueduct').waitFor();
    expect(await main.getByRole('link', { name: 'Aqueduct', exact: true }).count()).toBe(0);
    await main.getByRole('link', { name: 'below' }).click();
    await expectSeen('Running actions', '#running-actions');
    expect(await page.locator(':focus').textContent()).toBe('Running actions');
    await page.goBack();
    await expect.poll(() => page.evaluate('scrollY'), { timeout: 20_000 }).toBeLessThan(700);

    await page.goto(`${server.url}/documentation/web-interface`);
    await main.getByRole('link', { name: 'Attacks that are tried' }).click();
    await page.getByRole('heading', { level: 1, name: 'The faults that are tried' }).waitFor();
    await expectSeen('Files that mean harm', '#files-that-mean-harm');
    await page.reload();
    await expectSeen('Files that mean harm', '#files-that-mean-harm');
    expectQuiet(opened);
    await opened.close();
  });

  test('on a narrow screen its navigation is behind a button, and nothing is cut off', async () => {
    const opened = await openPage(browser as Browser, server.url, { width: 360 });
    const { page } = opened;
    const burger = page.getByRole('button', { name: 'Navigation', exact: true });
    const focused = () =>
      page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent');
    await burger.click();
    await expect.poll(focused).toBe('Close the navigation');
    // It covers the page, where the focus would be out of sight: it goes round in the navigation.
    const seen = new Set<unknown>();
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press('Tab');
      seen.add(await focused());
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['Aqueduct', 'All experiments', 'Settings', 'Close the navigation']),
    );
    expect(seen).not.toContain('New experiment');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('Navigation');
    await burger.click();
    await page.getByRole('button', { name: 'Close the navigation' }).click();
    await expect.poll(focused).toBe('Navigation');
    await burger.click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expectQuiet(opened);
    await opened.close();
  });

  test('keeps the colours that were chosen, from the first paint on', async () => {
    const opened = await openPage(browser as Browser, `${server.url}/settings`, { colorScheme: 'light' });
    const { page } = opened;
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
    expect(await scheme()).toBe('light');
    await page.getByText('Dark', { exact: true }).click();
    await expect.poll(scheme).toBe('dark');
    // Without the application's own script: what was chosen stands before it runs.
    await page.route('**/assets/index-*.js', (route) => route.abort());
    await page.reload({ waitUntil: 'commit' });
    await expect.poll(scheme).toBe('dark');
    await opened.close();
  });

  test('says that the server is gone, and goes on when it is back', async () => {
    const opened = await openPage(browser as Browser, `${server.url}/settings`);
    const { page } = opened;
    await page.getByText('You work as admin').waitFor();
    const { dataDir, url } = server;
    await server.stop();
    // The code of that page is not there yet.
    await page.getByRole('link', { name: 'Task history' }).click();
    await page.getByText('The server does not answer. Nothing is lost').waitFor();
    server = await startServer({ dataDir, port: Number(new URL(url).port) });
    await page.getByText('The server does not answer. Nothing is lost').waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'Task history' }).waitFor();
    await opened.close();
  });

  test.each(looks)('axe finds nothing serious: $name', async ({ colorScheme, width }) => {
    for (const path of ['/settings', '/labyrinth']) {
      const opened = await openPage(browser as Browser, `${server.url}${path}`, { colorScheme, width });
      await opened.page.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(opened.page);
      await opened.close();
    }
  });
});
