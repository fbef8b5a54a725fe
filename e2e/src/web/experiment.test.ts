import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { databases, newDatabase, readZip } from '@aqueduct/server/testing';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { create, graphql, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { dropFiles, pasteImage } from './give-files.ts';
import { expectAccessible, expectQuiet, looks, type OpenPage, openPage } from './open-page.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`The page of an experiment is not tested: ${browser}`);

const PATIENCE = { timeout: 20_000, interval: 100 };

describe.skipIf(typeof browser === 'string').each(databases)(
  'the page of an experiment, on %s',
  (database) => {
    let server: ServerProcess;
    beforeAll(async () => {
      server = await startServer({ databaseUrl: await newDatabase(database) });
    });
    afterAll(() => server.stop());

    const open = (eid: string, options?: Parameters<typeof openPage>[2]): Promise<OpenPage> =>
      openPage(browser as Browser, `${server.url}/aqd/experiments/${eid}`, options);

    test('title, description and tags are saved as they are written', async () => {
      const { eid, uuid } = await create(server.url, 'New Experiment', ['Qubit-3']);
      await create(server.url, 'Another', ['run-4']);
      await upload(server.url, uuid, 'a b.svg', new TextEncoder().encode(SVG));
      const opened = await open(eid);
      const { page } = opened;
      await page.getByLabel('Title').fill('Rabi Ω');
      await saved(page);
      await page.getByRole('button', { name: 'Edit' }).click();
      await page
        .getByLabel('Description, in Markdown')
        .fill(
          '## Plan\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n$x^2$ <script>alert(1)</script>\n\n![fit](a%20b.svg) ![far](https://example.org/x.png) [raw](a%20b.svg)',
        );
      await page.getByRole('button', { name: 'Done' }).click();
      await saved(page);
      await page.getByRole('heading', { name: 'Plan' }).waitFor();
      await page.getByRole('cell', { name: '2', exact: true }).waitFor();
      await page.locator('.katex').first().waitFor();
      await page.getByText('<script>alert(1)</script>').waitFor();
      await expect
        .poll(() => page.evaluate(`document.querySelector('img[alt="fit"]').naturalWidth`), PATIENCE)
        .toBe(200);
      expect(await page.getByRole('link', { name: 'far' }).getAttribute('href')).toBe(
        'https://example.org/x.png',
      );

      await page.getByRole('combobox', { name: 'Tags' }).fill('run');
      await page.getByRole('option', { name: 'run-4' }).click();
      await expect
        .poll(() => read(uuid), PATIENCE)
        .toMatchObject({
          title: 'Rabi Ω',
          tags: ['Qubit-3', 'run-4'],
          description: expect.stringContaining('## Plan'),
        });
      // A link to a file opens it in the viewer, without loading the page anew.
      await page.getByRole('link', { name: 'raw' }).click();
      await page.getByRole('region', { name: 'Viewer' }).getByRole('heading', { name: 'a b.svg' }).waitFor();
      expect(new URL(page.url()).searchParams.get('file')).toBe('a b.svg');
      expectQuiet(opened);
      await opened.close();
    });

    test('keys of an input method are its own, and Escape leads back to where one was', async () => {
      const hebrew = 'תנודת רבי של קיוביט 3 ב-20 mK (ניסוי)';
      const { eid, uuid } = await create(server.url, hebrew);
      const opened = await open(eid);
      const { page } = opened;
      const title = page.getByLabel('Title');
      const press = (isComposing: boolean) =>
        title.dispatchEvent('keydown', { key: 'Enter', isComposing, bubbles: true, cancelable: true });
      const isFocused = (element: typeof title) => element.evaluate((node) => node.matches(':focus'));
      await title.focus();
      await press(true);
      expect(await isFocused(title)).toBe(true);
      await press(false);
      const heading = page.getByRole('heading', { level: 1 });
      expect(await isFocused(heading)).toBe(true);
      // Its letters go from right to left.
      const style = `getComputedStyle(document.querySelector('[aria-label="Title"]'))`;
      expect(await page.evaluate(`${style}.unicodeBidi`)).toBe('plaintext');
      await title.fill('a \u202Egnp.exe\u202C b');
      await saved(page);
      expect(await heading.textContent()).toBe('a ⟨U+202E⟩gnp.exe⟨U+202C⟩ b');
      await title.press('Escape');
      await expect.poll(() => read(uuid), PATIENCE).toMatchObject({ title: hebrew });
      expect(await isFocused(heading)).toBe(true);

      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByLabel('Description, in Markdown').press('Escape');
      await expect.poll(() => isFocused(page.getByRole('button', { name: 'Edit' })), PATIENCE).toBe(true);
      expectQuiet(opened);
      await opened.close();
    });

    test('links to headings lead to those of their own text, and to none of the page', async () => {
      const text = (name: string) =>
        `[to the end](#Description) of ${name}\n\n${'much\n\n'.repeat(90)}# Description\n\nof ${name}`;
      const { eid, uuid } = await create(server.url, 'Long');
      await graphql(server.url, UPDATE, { uuid, input: { description: text('the experiment') } });
      await upload(server.url, uuid, 'read me.md', new TextEncoder().encode(text('the file')));
      const opened = await open(`${eid}?file=read%20me.md`);
      const { page } = opened;
      const file = page.getByRole('region', { name: 'Viewer' }).getByRole('region', { name: 'Contents' });
      const description = page.getByRole('region', { name: 'Description' });
      for (const [place, level] of [
        [description, 3],
        [file, 3],
        [description, 3],
      ] as const) {
        await place.getByRole('link', { name: 'to the end' }).click();
        const heading = place.getByRole('heading', { name: 'Description', exact: true, level });
        const top = () => heading.evaluate((element) => element.getBoundingClientRect().top);
        await expect.poll(top, PATIENCE).toBeLessThan(880);
        // The router looks for ids, too, and a little later.
        await page.waitForTimeout(300);
        expect(await top()).toBeGreaterThanOrEqual(0);
        expect(await top()).toBeLessThan(880);
        const { hash, searchParams } = new URL(page.url());
        expect([hash, searchParams.get('file')]).toEqual(['#Description', 'read me.md']);
      }
      // To write does not lead there again.
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByLabel('Description, in Markdown').waitFor();
      await description.getByRole('link', { name: 'to the end' }).waitFor();
      await page.waitForTimeout(300);
      const done = page.getByRole('button', { name: 'Done' });
      expect(await done.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
      expectQuiet(opened);
      await opened.close();
    });

    test('two who write the same text are told, and nothing is lost in silence', async () => {
      const { eid, uuid } = await create(server.url, 'Shared');
      const [mine, theirs] = await Promise.all([open(eid), open(eid)]);
      await theirs.page.getByLabel('Title').waitFor();
      // What the other writes into another text is taken over.
      await mine.page.getByRole('button', { name: 'Edit' }).click();
      await mine.page.getByLabel('Description, in Markdown').fill('of mine');
      await saved(mine.page);
      await theirs.page.getByText('of mine').waitFor();
      // Where one was writing, one still is.
      await mine.page.getByLabel('Description, in Markdown').press('Control+Home');
      await graphql(server.url, UPDATE, { uuid, input: { description: 'of mine, and more' } });
      await mine.page.getByText('of mine, and more', { exact: true }).last().waitFor();
      await mine.page.keyboard.type('all ');
      await saved(mine.page);
      expect(await read(uuid)).toMatchObject({ description: 'all of mine, and more' });
      await theirs.page.getByLabel('Title').fill('Theirs');
      await saved(theirs.page);
      await expect.poll(() => mine.page.getByLabel('Title').inputValue(), PATIENCE).toBe('Theirs');

      // What both write into the same text is to be chosen from.
      await beforeItSaves(mine.page, () => graphql(server.url, UPDATE, { uuid, input: { title: 'Third' } }));
      await mine.page.getByLabel('Title').fill('Mine');
      const conflict = mine.page.getByRole('alert').filter({ hasText: 'Somebody else changed the title' });
      await conflict.waitFor();
      await conflict.getByRole('region', { name: 'Their title' }).getByText('Third').waitFor();
      expect(await read(uuid)).toMatchObject({ title: 'Third', description: 'all of mine, and more' });
      await conflict.getByRole('button', { name: 'Keep mine' }).click();
      await saved(mine.page);
      // The button went; the keys are for the title again.
      expect(await mine.page.getByLabel('Title').evaluate(HAS_FOCUS)).toBe(true);
      expect(await read(uuid)).toMatchObject({ title: 'Mine' });

      await beforeItSaves(mine.page, () => graphql(server.url, UPDATE, { uuid, input: { title: 'Fourth' } }));
      await mine.page.getByLabel('Title').fill('Fifth');
      await conflict.getByRole('button', { name: 'Take theirs' }).click();
      await saved(mine.page);
      expect(await mine.page.getByLabel('Title').evaluate(HAS_FOCUS)).toBe(true);
      await expect.poll(() => mine.page.getByLabel('Title').inputValue(), PATIENCE).toBe('Fourth');
      expect(await read(uuid)).toMatchObject({ title: 'Fourth' });
      await Promise.all([mine.close(), theirs.close()]);
    });

    test('too long a text is not saved, and says so', async () => {
      const { eid, uuid } = await create(server.url, 'Short');
      const opened = await open(eid);
      await opened.page.getByLabel('Title').fill('x'.repeat(257));
      await opened.page.getByText('Not saved: the title has 257 characters, 256 are the most').waitFor();
      await opened.page.getByLabel('Title').fill('');
      await opened.page.getByText('Not saved: a title is needed').waitFor();
      expect(await read(uuid)).toMatchObject({ title: 'Short' });
      await opened.page.getByLabel('Title').fill('y'.repeat(256));
      await saved(opened.page);
      expectQuiet(opened);
      await opened.close();
    });

    test('files come by button, by dropping and by pasting; they are downloaded as a zip, and deleted', async () => {
      const { eid, uuid } = await create(server.url, 'Files');
      const opened = await open(eid);
      const { page } = opened;
      await page.getByText('No files yet').waitFor();
      const bytes = randomBytes(300_000);
      await choose(page, [{ name: 'messung-α 1.bin', mimeType: '', buffer: bytes }]);
      // What was uploaded opens.
      const viewer = page.getByRole('region', { name: 'Viewer' });
      await viewer.getByText(sha256(bytes)).waitFor();
      await dropFiles(page, [
        { name: 'one.txt', text: 'first' },
        { name: 'two.txt', text: 'second' },
      ]);
      await row(page, 'two.txt').waitFor();
      await pasteImage(page);
      await page.getByRole('link', { name: /^pasted-\d{8}-\d{6}\.png$/ }).waitFor();
      // A name that is there is not replaced in silence.
      await dropFiles(page, [{ name: 'one.txt', text: 'other' }]);
      await page.getByRole('button', { name: 'Leave them out' }).click();
      expect(await text(uuid, 'one.txt')).toBe('first');
      await dropFiles(page, [{ name: 'one.txt', text: 'other' }]);
      await page.getByRole('button', { name: 'Replace', exact: true }).click();
      await expect.poll(() => text(uuid, 'one.txt'), PATIENCE).toBe('other');

      for (const name of ['messung-α 1.bin', 'two.txt']) await page.getByLabel(`Select ${name}`).check();
      const zip = await download(page, 'Download 2');
      expect(zip.name).toBe(`${eid}.zip`);
      const entries = readZip(zip.bytes);
      expect([...entries.keys()].toSorted()).toEqual(['messung-α 1.bin', 'two.txt']);
      expect(sha256(entries.get('messung-α 1.bin') as Buffer)).toBe(sha256(bytes));
      expect(entries.get('two.txt')?.toString()).toBe('second');
      await page.getByLabel('Select two.txt').uncheck();
      const one = await download(page, 'Download');
      expect(one.name).toBe('messung-α 1.bin');
      expect(sha256(one.bytes)).toBe(sha256(bytes));

      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('messung-α 1.bin').waitFor();
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await row(page, 'messung-α 1.bin').waitFor({ state: 'detached' });
      // The keyboard goes on in the list, and without one at the button for more.
      const isFocused = (element: Locator) => expect.poll(() => element.evaluate(HAS_FOCUS), PATIENCE);
      await isFocused(page.getByRole('region', { name: 'List of files' })).toBe(true);
      await page.getByLabel('Select all files').check();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByText('No files yet').waitFor();
      await isFocused(page.getByRole('button', { name: 'Upload', exact: true })).toBe(true);
      expectQuiet(opened);
      await opened.close();
    });

    test('200 files at once, and a cancelled upload leaves nothing', { timeout: 180_000 }, async () => {
      const { eid, uuid } = await create(server.url, 'Many');
      const opened = await open(eid);
      const { page } = opened;
      await page.getByText('No files yet').waitFor();
      const names = Array.from({ length: 200 }, (_, i) => `run-${i + 1}.txt`);
      await choose(
        page,
        names.map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })),
      );
      await page.getByText('200 of 200 uploaded').waitFor({ timeout: 120_000 });
      const { files } = await read(uuid);
      expect(files.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
      expect(await text(uuid, 'run-117.txt')).toBe('run-117.txt');
      // Sorted by name, as people count.
      await page.getByRole('button', { name: 'Name', exact: true }).click();
      const shown = await page
        .getByRole('region', { name: 'List of files' })
        .getByRole('link')
        .allTextContents();
      expect(shown.slice(0, 11)).toEqual(names.slice(0, 11));

      const network = await page.context().newCDPSession(page);
      await network.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: 100_000,
      });
      await choose(page, [{ name: 'slow.bin', mimeType: '', buffer: randomBytes(20_000_000) }]);
      await page.getByText('of 20 MB').first().waitFor();
      await page.getByRole('button', { name: 'Cancel the upload of slow.bin' }).click();
      await page.getByText('1 cancelled', { exact: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Upload', exact: true }).evaluate(HAS_FOCUS)).toBe(true);
      // The list is scrolled to what a link opens; the page is not.
      await page.goto(`${server.url}/aqd/experiments/${eid}?file=run-117.txt`);
      const inSight = page.getByRole('link', { name: 'run-117.txt' });
      const listed = await page.getByRole('region', { name: 'List of files' }).boundingBox();
      const top = async () => (await inSight.boundingBox())?.y;
      await expect.poll(top, PATIENCE).toBeLessThan((listed?.y ?? 0) + (listed?.height ?? 0));
      expect(await page.evaluate('scrollY')).toBe(0);
      await network.detach();
      expect((await read(uuid)).files).toHaveLength(200);
      expectQuiet(opened);
      await opened.close();
    });

    test('favourite, archive, and a deletion that says what is lost', async () => {
      const { eid, uuid } = await create(server.url, 'Doomed');
      await upload(server.url, uuid, 'a.bin', new Uint8Array(1500));
      const opened = await open(eid);
      const { page } = opened;
      await page.getByRole('button', { name: 'Add to favourites' }).click();
      await page.getByRole('button', { name: 'Favourite', pressed: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Archive', exact: true }).click();
      await page.getByRole('button', { name: 'Restore' }).waitFor();
      expect((await read(uuid)).tags.toSorted()).toEqual(['__archived__', '__favourite__']);
      await page.getByRole('button', { name: 'Delete' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 file (1.5 kB) and no tasks').waitFor();
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('heading', { level: 1, name: 'Archived' }).waitFor();
      await page.goto(`${server.url}/aqd/experiments/${uuid}`);
      await page.getByText('There is no such experiment').waitFor();
      expectQuiet(opened);
      await opened.close();
    });

    async function read(uuid: string) {
      const { data } = await graphql<{
        experiment: { title: string; description: string; tags: string[]; files: { name: string }[] };
      }>(
        server.url,
        'query ($u: String!) { experiment(experimentIdentifier: { type: UUID, value: $u }) { title description tags files { name } } }',
        { u: uuid },
      );
      if (!data) throw new Error('There is no such experiment.');
      return data.experiment;
    }

    async function text(uuid: string, name: string): Promise<string> {
      return (await fetch(`${server.url}/api/files/${uuid}/${encodeURIComponent(name)}`)).text();
    }
  },
);

describe.skipIf(typeof browser === 'string')('how the page of an experiment looks', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await server.stop();
    await (browser as Browser).close();
  });

  test.each(looks)(
    '$name: nothing is cut off, and axe finds nothing serious',
    async ({ colorScheme, width }) => {
      const { eid, uuid } = await create(server.url, `A long title ${'of many words '.repeat(16)}`, [
        'a',
        'b',
      ]);
      const names = [`${'x'.repeat(240)}.txt`, 'messung-αβγ.csv'];
      for (const name of names)
        await upload(server.url, uuid, name, new TextEncoder().encode('a,b\n1,2\n2,3\n3,4\n'));
      await graphql(server.url, UPDATE, {
        uuid,
        input: { description: `# Title\n\n${'w'.repeat(300)}\n\n> quote\n\n- [x] cooled\n- [ ] measured` },
      });
      const opened = await openPage(
        browser as Browser,
        `${server.url}/aqd/experiments/${eid}?file=${encodeURIComponent(names[1] ?? '')}`,
        { colorScheme, width },
      );
      const { page } = opened;
      await page.getByRole('img', { name: /^Plot of b over a/ }).waitFor();
      await page.getByText('quote').waitFor();
      for (const name of ['Done', 'To do']) await page.getByRole('checkbox', { name, exact: true }).waitFor();
      // Empty, it is no stop for the keyboard.
      expect(await page.getByRole('region', { name: 'List of tasks' }).getAttribute('tabindex')).toBe(null);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByLabel(`Select ${names[0]}`).check();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await expectAccessible(page);
      expectQuiet(opened);
      await opened.close();
    },
  );
});

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="120"><rect width="200" height="120"/></svg>';
const HAS_FOCUS = (element: { matches(selector: string): boolean }) => element.matches(':focus');
const UPDATE =
  'mutation ($uuid: UUID!, $input: ExperimentUpdateInput!) { updateExperiment(uuid: $uuid, experimentUpdateInput: $input) { uuid } }';

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function saved(page: Page): Promise<void> {
  await page.locator('[data-state="saved"]').waitFor();
}

/** Does something between the writing of a text and its saving. */
async function beforeItSaves(page: Page, act: () => Promise<unknown>): Promise<void> {
  let isDone = false;
  await page.route('**/api/graphql', async (route) => {
    if (!isDone && route.request().postData()?.includes('UpdateTexts')) {
      isDone = true;
      await act();
    }
    await route.continue();
  });
}

function row(page: Page, name: string) {
  return page.getByRole('region', { name: 'List of files' }).getByRole('link', { name, exact: true });
}

async function choose(
  page: Page,
  files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(files);
}

async function download(page: Page, link: string) {
  const [got] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link, exact: true }).first().click(),
  ]);
  return { name: got.suggestedFilename(), bytes: await readFile(await got.path()) };
}
