import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { create, graphql, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { openPage } from './open-page.ts';
import { startTaskServer, type TaskServer } from './task-server.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`Mishaps in the web interface are not tested: ${browser}`);
afterAll(async () => {
  if (typeof browser !== 'string') await browser.close();
});

const UPDATE =
  'mutation ($uuid: UUID!, $input: ExperimentUpdateInput!) { updateExperiment(uuid: $uuid, experimentUpdateInput: $input) { uuid } }';
const SLOW_BYTES_PER_SECOND = 100_000;

describe.skipIf(typeof browser === 'string')('what somebody writes or chooses is not lost', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const open = async (eid: string) => {
    const opened = await openPage(browser as Browser, `${server.url}/aqd/experiments/${eid}`);
    await opened.page.getByText('No files yet').waitFor();
    return opened;
  };
  const restart = async () => {
    const { dataDir, url } = server;
    server = await startServer({ dataDir, port: Number(new URL(url).port) });
  };
  const description = async (uuid: string) => {
    const { data } = await graphql<{ experiment: { description: string } }>(
      server.url,
      'query ($u: String!) { experiment(experimentIdentifier: { type: UUID, value: $u }) { description } }',
      { u: uuid },
    );
    return data?.experiment.description;
  };
  const tags = async (uuid: string) => {
    const { data } = await graphql<{ experiment: { tags: string[] } }>(
      server.url,
      'query ($u: String!) { experiment(experimentIdentifier: { type: UUID, value: $u }) { tags } }',
      { u: uuid },
    );
    return data?.experiment.tags.toSorted();
  };
  const write = async (page: Page, text: string) => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Description, in Markdown').fill(text);
  };

  const refusalOn = (page: Page) => page.getByRole('alert').filter({ hasText: 'This can not be opened now' });

  test('while the server is away, messages and dialogs that are not loaded take no page away', async () => {
    const { eid, uuid } = await create(server.url, 'Written down');
    const { page, close } = await open(eid);
    await server.stop();
    await write(page, 'of great weight');
    await page.getByRole('button', { name: 'Add to favourites' }).click();
    await page.getByRole('combobox', { name: 'Tags' }).fill('cooldown-7');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Run an extension' }).click();
    await refusalOn(page).waitFor();
    expect(await page.getByLabel('Description, in Markdown').inputValue()).toBe('of great weight');

    await page.getByRole('link', { name: 'All experiments' }).click();
    await page.getByRole('dialog', { name: 'Leave what is not saved?' }).waitFor();
    await page.getByRole('button', { name: 'Stay' }).click();
    expect(page.url()).toContain(eid);
    expect(await page.getByLabel('Description, in Markdown').inputValue()).toBe('of great weight');

    await restart();
    await page.locator('[data-state="saved"]').waitFor();
    expect(await description(uuid)).toBe('of great weight');
    await page.getByRole('button', { name: 'Favourite', pressed: true }).waitFor();
    await expect.poll(() => tags(uuid)).toEqual(['__favourite__', 'cooldown-7']);
    // Browsers remember that a module failed.
    await page.reload();
    await page.getByRole('button', { name: 'Run an extension' }).click();
    await page.getByRole('dialog', { name: 'Run an extension' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Run an extension');
    await close();
  });

  test('that something can not be opened is told once, and no longer than it is of use', async () => {
    await create(server.url, 'In the list');
    const { page, close } = await openPage(browser as Browser, `${server.url}/aqd/experiments`);
    await page.locator('tbody tr').first().waitFor();
    await server.stop();
    await page.getByRole('button', { name: 'Date' }).click();
    await refusalOn(page).waitFor();
    await page.getByRole('button', { name: 'Date' }).click();
    await expect.poll(() => refusalOn(page).count()).toBe(1);
    await page.getByRole('link', { name: 'Favourites' }).click();
    await refusalOn(page).waitFor({ state: 'detached', timeout: 5000 });
    await close();
    await restart();
  });

  test('that the server is away is seen on a narrow screen, too, where something covers the page', async () => {
    const { eid } = await create(server.url, 'Narrow');
    const address = `${server.url}/aqd/experiments/${eid}`;
    const { page, close } = await openPage(browser as Browser, address, { width: 390 });
    await page.getByRole('button', { name: 'Run an extension' }).click();
    const title = page.getByRole('dialog').getByRole('heading', { name: 'Run an extension' });
    await title.waitFor();
    await server.stop();
    const word = page.getByRole('dialog').getByText('The server does not answer. Nothing is lost');
    await word.waitFor();
    const box = await word.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan((await title.boundingBox())?.y ?? 0);
    await close();
    await restart();
  });

  test('a proxy that says that the server does not answer is believed', async () => {
    const { eid } = await create(server.url, 'Behind a proxy');
    const { page, close } = await openPage(browser as Browser, `${server.url}/aqd/experiments/${eid}`);
    await page.getByRole('button', { name: 'Run an extension' }).waitFor();
    const ofServer = /\/(api\/.*|ready)$/;
    await page.route(ofServer, (route) =>
      route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>502 Bad Gateway</h1>' }),
    );
    const word = page.getByText('The server does not answer. Nothing is lost');
    await word.waitFor();
    expect(await page.getByText('Could not read').count()).toBe(0);
    await page.unroute(ofServer);
    await word.waitFor({ state: 'detached' });
    await close();
  });

  test('a page is left at once where its texts can be saved, and after a question where not', async () => {
    const { eid, uuid } = await create(server.url, 'Left');
    const { page, close } = await open(eid);
    await write(page, 'saved while leaving');
    await page.getByRole('link', { name: 'All experiments' }).click();
    await page.getByRole('heading', { level: 1, name: 'All experiments' }).waitFor();
    expect(await description(uuid)).toBe('saved while leaving');

    await page.goBack();
    await write(page, 'x'.repeat(5001));
    await page.getByText('Not saved: the description has 5001 characters').waitFor();
    await page.goForward();
    const question = page.getByRole('dialog', { name: 'Leave what is not saved?' });
    await question.getByText('the description has 5001 characters').waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Description, in Markdown').inputValue()).toHaveLength(5001);
    await page.getByRole('link', { name: 'All experiments' }).click();
    await question.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'All experiments' }).waitFor();
    expect(await description(uuid)).toBe('saved while leaving');
    await close();
  });

  test('an experiment that somebody else deletes says so, with its texts still there', async () => {
    const { eid, uuid } = await create(server.url, 'Short-lived');
    const { page, close } = await open(eid);
    await write(page, 'to be copied');
    await page.locator('[data-state="saved"]').waitFor();
    for (const mutation of [
      'tagExperiments(tagExperimentsInput: { uuids: $u, add: ["__archived__"] }) { eid }',
      'removeExperiments(uuids: $u)',
    ])
      await graphql(server.url, `mutation ($u: [UUID!]!) { ${mutation} }`, { u: [uuid] });
    await page.getByRole('alert').filter({ hasText: 'This experiment has been deleted.' }).waitFor();
    expect(await page.getByText('Saved', { exact: true }).count()).toBe(0);
    expect(await page.getByText('Run an extension').count()).toBe(0);
    expect(await page.getByLabel('Description, in Markdown').inputValue()).toBe('to be copied');
    await page.getByRole('link', { name: 'All experiments' }).click();
    await page.getByRole('heading', { level: 1, name: 'All experiments' }).waitFor();
    // An answer of a proxy is explained to people, not to programmers.
    await page.route('**/api/graphql', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Sign in</h1>' }),
    );
    await page.reload();
    const alert = page.getByRole('alert');
    await alert.getByText('Something else than Aqueduct has answered').waitFor();
    expect(await alert.textContent()).not.toContain('url');
    await close();
  });

  test('files wait for the server, and replace others only after a question', async () => {
    const { eid, uuid } = await create(server.url, 'Uploads');
    const { page, close } = await open(eid);
    const choose = (...texts: readonly (readonly [name: string, text: string])[]) =>
      page
        .locator('input[type="file"]')
        .setInputFiles(
          texts.map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })),
        );
    const textOf = async (name: string) => (await fetch(`${server.url}/api/files/${uuid}/${name}`)).text();
    await server.stop();
    await choose(['a.txt', 'first'], ['b.txt', 'other']);
    await page.getByText('waits for the server').first().waitFor();
    await restart();
    await page.getByText('2 of 2 uploaded').waitFor();

    // The same choice again, and another file in the viewer: neither is lost.
    await page.getByRole('region', { name: 'List of files' }).getByRole('link', { name: 'b.txt' }).click();
    expect(await page.locator('input[type="file"]').inputValue()).toBe('');
    await choose(['a.txt', 'second']);
    await page.getByRole('button', { name: 'Replace', exact: true }).click();
    await page.getByText('1 of 1 uploaded').waitFor();
    expect(await textOf('a.txt')).toBe('second');
    await page.getByRole('region', { name: 'Viewer' }).getByRole('heading', { name: 'b.txt' }).waitFor();

    // Without the list nobody knows.
    await page.route('**/api/graphql', (route) =>
      route.request().postData()?.includes('FilesOfExperiment')
        ? route.fulfill({ status: 503, contentType: 'application/json', body: '{"detail":"busy"}' })
        : route.continue(),
    );
    await page.reload();
    await page.getByText('Could not read the files').waitFor();
    await choose(['a.txt', 'third']);
    await page.getByText('Nothing is uploaded yet').waitFor();
    expect(await textOf('a.txt')).toBe('second');
    await close();
  });
});

describe.skipIf(typeof browser === 'string')('with tasks', () => {
  let on: TaskServer;
  beforeAll(async () => {
    on = await startTaskServer('SQLite');
  });
  afterAll(async () => void (await on.server.stop()));

  const open = () => openPage(browser as Browser, `${on.url}/aqd/experiments/${on.experiment.eid}`);

  test('a form that was closed is there again, and an answer that was lost runs nothing twice', async () => {
    const { page, close } = await open();
    const chooseAction = async () => {
      await page.getByRole('button', { name: 'Run an extension' }).click();
      await page.getByRole('button', { name: /^count/ }).click();
    };
    await chooseAction();
    await page.getByLabel('lines').fill('2000');
    await page.getByLabel('pause').fill('0.05');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await chooseAction();
    expect(await page.getByLabel('lines').inputValue()).toBe('2000');

    let isLost = false;
    await page.route('**/api/graphql', async (route) => {
      if (isLost || !route.request().postData()?.includes('executeExtension')) return route.continue();
      isLost = true;
      await route.fetch();
      return route.abort('connectionreset');
    });
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await run.click();
    await page.getByRole('alert').filter({ hasText: 'look before you try again' }).waitFor();
    await run.click();
    await page.getByText('größe 3', { exact: true }).waitFor();
    const { data } = await graphql<{ tasks: { totalTasksCount: number } }>(
      on.url,
      '{ tasks(limit: 0, offset: 0) { totalTasksCount } }',
    );
    expect(data?.tasks.totalTasksCount).toBe(1);

    // Escape ends the question, and then the drawer.
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText('Its processes get SIGINT').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Its processes get SIGINT').waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Output' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    // A file of the experiment whose page is open stands below the drawer.
    await on.submit('Test actions', 'double', { experiment: on.experiment.eid, source: 'numbers.txt' });
    await page.getByRole('link', { name: 'double', exact: true }).click();
    await page.getByRole('list', { name: 'Produced files' }).getByRole('link').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page
      .getByRole('region', { name: 'Viewer' })
      .getByRole('heading', { name: 'doubled.txt' })
      .waitFor();
    await close();
  });

  test('while one window uploads over a slow line, a second one works', async () => {
    await on.submit('Test actions', 'count', {
      experiment: on.experiment.eid,
      lines: '2000',
      pause: '0.05',
    });
    const { page, close } = await open();
    await page.getByRole('link', { name: 'count' }).first().click();
    await page.getByText('größe 2', { exact: true }).waitFor();
    const network = await page.context().newCDPSession(page);
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: SLOW_BYTES_PER_SECOND,
    });
    await page
      .locator('input[type="file"]')
      .setInputFiles(
        [1, 2, 3].map((i) => ({ name: `slow-${i}.bin`, mimeType: '', buffer: randomBytes(5_000_000) })),
      );
    await page.getByText('Uploading: 0 of 3 done').waitFor();

    const second = await page.context().newPage();
    await second.goto(`${on.url}/aqd/experiments/${on.experiment.eid}`);
    await second.getByRole('link', { name: 'count' }).first().click();
    await second.getByText('größe 2', { exact: true }).waitFor();
    await upload(on.url, on.experiment.uuid, 'new.txt', new TextEncoder().encode('1'));
    await graphql(on.url, UPDATE, { uuid: on.experiment.uuid, input: { title: 'Seen by both' } });
    for (const each of [second, page]) {
      await expect.poll(() => each.getByLabel('Title').inputValue()).toBe('Seen by both');
      expect(await each.getByText('The server does not answer').count()).toBe(0);
    }
    await close();
  });
});
