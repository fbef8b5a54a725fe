import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { create, graphql, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { dropFiles } from './give-files.ts';
import { hold } from './hold.ts';
import { openPage } from './open-page.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`Unlucky moments are not tested: ${browser}`);

const UPDATE =
  'mutation ($uuid: UUID!, $input: ExperimentUpdateInput!) { updateExperiment(uuid: $uuid, experimentUpdateInput: $input) { uuid } }';
/** Longer than the web interface waits between two readings of the list while files arrive. */
const SLOW_READING_MS = 1500;
/** The web interface asks whether to leave when a save takes longer than this. */
const PATIENCE_MS = 3000;
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>';

describe.skipIf(typeof browser === 'string')('at an unlucky moment', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await server.stop();
    await (browser as Browser).close();
  });

  /** The page of a new experiment with these files, come to from the list of all. */
  const open = async (title: string, ...files: readonly string[]) => {
    const { eid, uuid } = await create(server.url, title);
    for (const name of files) await put(uuid, name);
    const opened = await openPage(browser as Browser, `${server.url}/aqd/experiments`);
    const { page } = opened;
    await page.getByRole('link', { name: title, exact: true }).click();
    if (files.length > 0) await row(page, files[0] ?? '').waitFor();
    else await page.getByText('No files yet').waitFor();
    return { ...opened, eid, uuid };
  };
  const put = (uuid: string, name: string, text = 'first') =>
    upload(server.url, uuid, name, new TextEncoder().encode(text));
  const text = async (uuid: string, name: string) =>
    (await fetch(`${server.url}/api/files/${uuid}/${name}`)).text();

  test('back, and forth again while it is asked whether to leave: the question is over, and back asks again', async () => {
    const { page, eid, close } = await open('Back and forth');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Description, in Markdown').fill('x'.repeat(5001));
    await page.getByText('Not saved: the description has 5001 characters').waitFor();
    const question = page.getByRole('dialog', { name: 'Leave what is not saved?' });
    await page.goBack();
    await question.waitFor();
    await page.goForward();
    await question.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Description, in Markdown').inputValue()).toHaveLength(5001);
    await page.goBack();
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/aqd/experiments/${eid}`);
    await page.goBack();
    await question.getByRole('button', { name: 'Leave without saving' }).click();
    await expectList(page);
    await close();
  });

  test('back, and forth again while it is waited for a slow save: nothing is asked', async () => {
    const { page, eid, close } = await open('Slow save');
    const saving = await hold(page, '**/api/graphql', 'UpdateTexts');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Description, in Markdown').fill('saved late');
    await saving.begun;
    await page.goBack();
    await page.goForward();
    await page.waitForTimeout(PATIENCE_MS + 500);
    expect(await page.getByRole('dialog').count()).toBe(0);
    saving.release();
    await page.locator('[data-state="saved"]').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/aqd/experiments/${eid}`);
    await page.goBack();
    await expectList(page);
    await close();
  });

  test('left while the list is read for the last time after an upload', async () => {
    const { page, close } = await open('Left after an upload', 'a.txt');
    await dropFiles(page, [{ name: 'a.txt', text: 'again' }]);
    const replace = page.getByRole('button', { name: 'Replace', exact: true });
    await replace.waitFor();
    const reading = await hold(page, '**/api/graphql', 'FilesOfExperiment');
    await replace.click();
    await page.getByText('1 of 1 uploaded').waitFor();
    await page.getByRole('link', { name: 'All experiments' }).click();
    await expectList(page);
    reading.release();
    await expectListStays(page);
    await close();
  });

  test('asked whether to leave while an upload ends', async () => {
    const { page, uuid, close } = await open('Asked during an upload');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Description, in Markdown').fill('x'.repeat(5001));
    await page.getByText('Not saved: the description has 5001 characters').waitFor();
    const sending = await hold(page, `**/api/files/${uuid}`);
    await dropFiles(page, [{ name: 'a.txt', text: 'first' }]);
    await sending.begun;
    await page.goBack();
    const leave = page.getByRole('button', { name: 'Leave without saving' });
    await leave.waitFor();
    sending.release();
    await page.getByText('1 of 1 uploaded').waitFor();
    await page.getByText('a.txt', { exact: true }).first().waitFor();
    await leave.click();
    await expectListStays(page);
    await close();
  });

  test('left while the file in the viewer is being deleted', async () => {
    const { page, close } = await open('Left while deleting', 'a.txt');
    await row(page, 'a.txt').click();
    await page.getByRole('region', { name: 'Viewer' }).getByRole('heading', { name: 'a.txt' }).waitFor();
    await page.getByLabel('Select a.txt').check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const deleting = await hold(page, '**/delete_files');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await deleting.begun;
    await page.goBack();
    await expectList(page);
    deleting.release();
    await expectListStays(page);
    await close();
  });

  test('left before it is known what would be replaced: new files arrive, and of others it is told', async () => {
    const { page, eid, uuid, close } = await open('Left unasked', 'a.txt');
    const reading = await hold(page, '**/api/graphql', 'FilesOfExperiment');
    await dropFiles(page, [
      { name: 'a.txt', text: 'second' },
      { name: 'b.txt', text: 'new' },
    ]);
    await reading.begun;
    await page.getByRole('link', { name: 'All experiments' }).click();
    await expectList(page);
    reading.release();
    const message = page.getByRole('alert').filter({ hasText: 'A file was not uploaded' });
    await message.getByText(`${eid} has a.txt already`).waitFor();
    await expect.poll(() => text(uuid, 'b.txt')).toBe('new');
    await close();
  });

  test('left while it is asked whether to replace a file: it is told that nothing was', async () => {
    const { page, eid, uuid, close } = await open('Left undecided', 'a.txt');
    await dropFiles(page, [{ name: 'a.txt', text: 'second' }]);
    await page.getByRole('dialog', { name: 'Replace a file?' }).waitFor();
    await page.goBack();
    await page.getByRole('alert').getByText(`${eid} has a.txt already`).waitFor();
    expect(await text(uuid, 'a.txt')).toBe('first');
    await close();
  });

  test('dropped while another file is sent and the list takes long: it is queued, and the list is shown', async () => {
    const { page, uuid, close } = await open('Slow list', 'a.txt');
    await page.route('**/api/graphql', async (route) => {
      if (route.request().postData()?.includes('FilesOfExperiment'))
        await new Promise((resolve) => setTimeout(resolve, SLOW_READING_MS));
      await route.continue();
    });
    const sending = await hold(page, `**/api/files/${uuid}`);
    await dropFiles(page, [{ name: 'slow.txt', text: 'slow' }]);
    await sending.begun;
    await dropFiles(page, [{ name: 'second.txt', text: 'second' }]);
    await page.getByText('Uploading: 0 of 2 done').waitFor();
    await put(uuid, 'of-another.txt');
    await row(page, 'of-another.txt').waitFor();
    sending.release();
    await page.getByText('2 of 2 uploaded').waitFor();
    await close();
  });

  test('a file arrives while somebody reads the description: the page keeps its elements, pictures get their version', async () => {
    const { page, uuid, close } = await open('Live', 'a.txt');
    const description = '| a |\n|---|\n| 1 |\n\n[a.txt](a.txt)\n\n![plot](plot.svg)';
    await graphql(server.url, UPDATE, { uuid, input: { description } });
    await page.reload();
    await page.getByRole('region', { name: 'Table' }).focus();
    await page.evaluate('void (window.seen = document.activeElement)');
    const source = () => page.getByRole('img', { name: 'plot' }).getAttribute('src');
    const versions = new Set<string | null>();
    for (const colour of ['red', 'blue']) {
      await put(uuid, 'plot.svg', SVG.replace('/>', ` fill="${colour}"/>`));
      await expect.poll(async () => versions.has(await source())).toBe(false);
      await expect.poll(source).toContain('plot.svg?version=');
      versions.add(await source());
    }
    expect(versions.size).toBe(2);
    expect(await page.evaluate('seen.isConnected && document.activeElement === seen')).toBe(true);
    await close();
  });
});

function row(page: Page, name: string) {
  return page.getByRole('region', { name: 'List of files' }).getByRole('link', { name, exact: true });
}

async function expectList(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'All experiments' }).waitFor();
}

/** What comes late would have changed the address of the list, where back leads to. */
async function expectListStays(page: Page): Promise<void> {
  await expectList(page);
  await page.getByRole('link', { name: 'Favourites', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Favourites' }).waitFor();
  await page.goBack();
  await expectList(page);
  expect(new URL(page.url()).pathname).toBe('/aqd/experiments');
}
