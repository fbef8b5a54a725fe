import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { create, graphql, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { dropFiles, pasteText } from './give-files.ts';
import { hold } from './hold.ts';
import { openPage } from './open-page.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`That nothing is lost in silence is not tested: ${browser}`);

describe.skipIf(typeof browser === 'string')(
  'what somebody gives is taken, or it is said that it is not',
  () => {
    let server: ServerProcess;
    beforeAll(async () => {
      server = await startServer();
    });
    afterAll(async () => {
      await server.stop();
      await (browser as Browser).close();
    });

    /** The page of a new experiment. */
    const open = async (
      title: string,
      { tags = [], width }: { tags?: readonly string[]; width?: number } = {},
    ) => {
      const { eid, uuid } = await create(server.url, title, tags);
      const opened = await openPage(browser as Browser, `${server.url}/aqd/experiments/${eid}`, {
        ...(width !== undefined && { width }),
      });
      await opened.page.getByText('No files yet').waitFor();
      return { ...opened, eid, uuid };
    };
    const text = async (uuid: string, name: string) =>
      (await fetch(`${server.url}/api/files/${uuid}/${name}`)).text();
    const read = async (uuid: string) => {
      const { data } = await graphql<{ experiment: { description: string; tags: string[] } }>(
        server.url,
        'query ($u: String!) { experiment(experimentIdentifier: { type: UUID, value: $u }) { description tags } }',
        { u: uuid },
      );
      return data?.experiment;
    };

    test('of two files with one name that come together, the second one comes after a question', async () => {
      const { page, uuid, close } = await open('Twins');
      await dropFiles(page, [
        { name: 'a.txt', text: 'first' },
        { name: 'a.txt', text: 'second' },
      ]);
      const question = page.getByRole('dialog', { name: 'Replace a file?' });
      await question.getByText('a.txt', { exact: true }).waitFor();
      await expect.poll(() => text(uuid, 'a.txt')).toBe('first');
      await question.getByRole('button', { name: 'Leave them out' }).click();
      await question.waitFor({ state: 'detached' });

      await dropFiles(page, [
        { name: 'a.txt', text: 'third' },
        { name: 'a.txt', text: 'fourth' },
      ]);
      await question.getByText('Of several with one name, the last one stays.').waitFor();
      await question.getByRole('button', { name: 'Replace', exact: true }).click();
      await page.getByText('2 of 2 uploaded').waitFor();
      expect(await text(uuid, 'a.txt')).toBe('fourth');
      await close();
    });

    test('a file with the name of one that is still on its way comes after a question', async () => {
      const { page, uuid, close } = await open('Still on its way');
      const sending = await hold(page, `**/api/files/${uuid}`);
      await dropFiles(page, [{ name: 'a.txt', text: 'first' }]);
      await sending.begun;
      await dropFiles(page, [{ name: 'a.txt', text: 'second' }]);
      const question = page.getByRole('dialog', { name: 'Replace a file?' });
      await question.getByRole('button', { name: 'Leave them out' }).click();
      sending.release();
      await page.getByText('1 of 1 uploaded').waitFor();
      expect(await text(uuid, 'a.txt')).toBe('first');
      await close();
    });

    test('a name that no file can have is told of before anything is sent; others are uploaded', async () => {
      const { page, uuid, close } = await open('Misnamed');
      const sent: string[] = [];
      page.on(
        'request',
        (request) => request.method() === 'POST' && sent.push(request.headers()['x-file-name'] ?? ''),
      );
      await dropFiles(page, [
        { name: '2026-11-27T10:30:00.csv', text: '1' },
        { name: 'good.csv', text: '2' },
      ]);
      await page.getByRole('alert').getByText('“2026-11-27T10:30:00.csv” has : in it.').waitFor();
      await page.getByText('1 of 1 uploaded').waitFor();
      expect(await text(uuid, 'good.csv')).toBe('2');
      expect(sent.filter(Boolean)).toEqual(['good.csv']);
      await close();
    });

    test('a tag that is added and taken away again before the answer stays away', async () => {
      const { page, uuid, close } = await open('Slip of a key', { tags: ['keep'] });
      const changing = await hold(page, '**/api/graphql', 'TagExperiments');
      const field = page.getByRole('combobox', { name: 'Tags' });
      const typo = page.getByText('typo', { exact: true });
      await field.fill('typo');
      await field.press('Enter');
      await changing.begun;
      await typo.waitFor();
      await field.press('Backspace');
      await typo.waitFor({ state: 'detached' });
      const answers = [1, 2].map((nth) => nthAnswer(page, 'TagExperiments', nth));
      changing.release();
      await Promise.all(answers);
      await expect.poll(async () => (await read(uuid))?.tags).toEqual(['keep']);
      expect(await typo.count()).toBe(0);
      await close();
    });

    test('texts that are no tags stay in the field, and it is said why', async () => {
      const { page, uuid, close } = await open('No tags');
      let changes = 0;
      page.on('request', (request) => request.postData()?.includes('TagExperiments') && changes++);
      const field = page.getByRole('combobox', { name: 'Tags' });
      const fault = page.getByText('Letters, digits, colons, hyphens, underscores and slashes only.');
      await field.fill('größe');
      for (const key of ['Enter', ',', 'Tab']) {
        await field.press(key);
        await fault.waitFor();
        expect(await field.inputValue()).toBe('größe');
      }
      expect(changes).toBe(0);

      await field.fill('');
      await pasteText(page, 'T1 (µs), 20.5mK');
      await fault.waitFor();
      expect(await field.inputValue()).toBe('(µs) 20.5mK');
      await expect.poll(async () => (await read(uuid))?.tags).toEqual(['T1']);
      await field.fill('us 20-5mK');
      await field.press('Enter');
      await expect.poll(async () => (await read(uuid))?.tags.toSorted()).toEqual(['20-5mK', 'T1', 'us']);
      await close();
    });

    test('tags are added and removed as somebody means it, and what is refused stays to be seen', async () => {
      const tags = ['run/198', 'qubit-29', ...Array.from({ length: 62 }, (_, i) => `t${i}`)];
      const { page, uuid, close } = await open('Full of tags', { tags });
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      let changes = 0;
      page.on('request', (request) => request.postData()?.includes('TagExperiments') && changes++);
      const field = page.getByRole('combobox', { name: 'Tags' });
      for (const [refused, why] of [
        ['one-more', '“one-more” would be one too many: there can be 64.'],
        ['QUBIT-29', '“QUBIT-29” is there already.'],
      ] as const)
        for (const key of ['Enter', ',', 'Tab']) {
          await field.fill(refused);
          await field.press(key);
          await page.getByText(why).waitFor();
          expect(await field.inputValue()).toBe(refused);
        }
      await field.press('Escape');
      expect(await field.inputValue()).toBe('');
      await field.press('Tab');
      await field.fill('xy');
      // Held down, until the text is gone and longer.
      for (let i = 0; i < 6; i += 1) await page.keyboard.down('Backspace');
      await page.keyboard.up('Backspace');
      expect(await field.inputValue()).toBe('');
      expect(changes).toBe(0);

      await page.getByRole('button', { name: 'Remove tag run/198' }).press('Enter');
      await expect.poll(async () => (await read(uuid))?.tags.includes('run/198')).toBe(false);
      expect(await field.evaluate((element) => element.matches(':focus'))).toBe(true);
      await page
        .getByRole('status')
        .filter({ hasText: 'Tag run/198 removed' })
        .getByRole('button', { name: 'Undo' })
        .click();
      await expect.poll(async () => (await read(uuid))?.tags.length).toBe(64);
      expect((await read(uuid))?.tags).toContain('run/198');

      await field.press('Backspace');
      await page.evaluate("navigator.clipboard.writeText('sample-')");
      await field.fill('-2');
      await field.press('Home');
      await field.press('ControlOrMeta+v');
      await field.pressSequentially('B7');
      await field.press('Enter');
      await expect.poll(async () => (await read(uuid))?.tags).toContain('sample-B7-2');
      await close();
    });

    test('of a filter by many tags, address and field show what counts', async () => {
      const tags = Array.from({ length: 8 }, (_, i) => `t${i}`);
      const address = (path: string) =>
        `${server.url}/aqd/experiments${path}?match=all&tags=${encodeURIComponent(JSON.stringify(tags))}`;
      for (const [path, most] of [
        ['', 6],
        ['/favourites', 5],
      ] as const) {
        const { page, close } = await openPage(browser as Browser, address(path));
        await page.getByRole('button', { name: `t0 & ${most - 1} more` }).click();
        await page.getByText(`No more than ${most} tags at once.`).waitFor();
        expect(JSON.parse(new URL(page.url()).searchParams.get('tags') ?? '')).toEqual(tags.slice(0, most));
        await close();
      }
    });

    test('the longest tags do not make a narrow page scroll sideways, and many push nothing out of sight', async () => {
      const { page, close } = await open('Long tags', { tags: ['x'.repeat(64), 'y'.repeat(64)], width: 390 });
      await page.getByText('y'.repeat(64)).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await close();
      const many = await open('Many tags', {
        tags: Array.from({ length: 64 }, (_, i) => `${i}-`.padEnd(60, 'x')),
        width: 1280,
      });
      await many.page.getByText('0-xxx').first().waitFor();
      const topOf = (text: string) => many.page.getByText(text).first().boundingBox();
      expect((await topOf('Experiment ID'))?.y).toBeLessThan(100);
      expect((await topOf('Description'))?.y).toBeLessThan(300);
      await many.close();
    });

    test('a viewer that can not be loaded takes no page with unsaved texts away', async () => {
      const { page, uuid, close } = await open('Half written');
      await upload(server.url, uuid, 'n.json', new TextEncoder().encode('{"answer": 42}'));
      const row = page.getByRole('region', { name: 'List of files' }).getByRole('link', { name: 'n.json' });
      await row.waitFor();
      await page.getByRole('button', { name: 'Edit' }).click();
      const { dataDir, url } = server;
      await server.stop();
      const field = page.getByLabel('Description, in Markdown');
      // With what can't be saved, the page stays unsaved when the server is back, too.
      await page.getByLabel('Title').fill('');
      await field.fill('of great weight');
      await row.click();
      const viewer = page.getByRole('region', { name: 'Viewer' });
      await viewer.getByText('This part of the page could not be loaded').waitFor();
      server = await startServer({ dataDir, port: Number(new URL(url).port) });
      const again = viewer.getByRole('button', { name: 'Load the page again' });
      await expect.poll(() => again.isEnabled()).toBe(true);
      await expect.poll(async () => (await read(uuid))?.description).toBe('of great weight');
      expect(await field.inputValue()).toBe('of great weight');

      await page.getByLabel('Title').fill('Fully written');
      await page.locator('[data-state="saved"]').waitFor();
      await again.click();
      await viewer.getByText('42', { exact: true }).waitFor();
      await close();
    });

    test('where nothing is unsaved, the page is loaded again by itself', async () => {
      const { page, uuid, close } = await open('All saved');
      await upload(server.url, uuid, 'n.json', new TextEncoder().encode('{"answer": 42}'));
      const row = page.getByRole('region', { name: 'List of files' }).getByRole('link', { name: 'n.json' });
      await row.waitFor();
      const { dataDir, url } = server;
      await server.stop();
      await row.click();
      const viewer = page.getByRole('region', { name: 'Viewer' });
      await viewer.getByText('This part of the page could not be loaded').waitFor();
      server = await startServer({ dataDir, port: Number(new URL(url).port) });
      await viewer.getByText('42', { exact: true }).waitFor();
      await close();
    });
  },
);

/** Waits for the n-th answer from now on to requests that have a word in them. */
function nthAnswer(page: Page, word: string, nth: number) {
  let count = 0;
  return page.waitForResponse((answer) => {
    if (answer.request().postData()?.includes(word)) count += 1;
    return count === nth;
  });
}
