import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { npyFile } from '../../../packages/web/src/files/viewers/numpy/make-numpy.ts';
import { startChromium } from '../chromium.ts';
import { upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { fiveExperiments, type Sample } from './five-experiments.ts';
import { expectAccessible, expectQuiet, type OpenPage, openPage } from './open-page.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`The comparison of experiments is not tested: ${browser}`);

const PATIENCE = { timeout: 20_000, interval: 100 };
const PNG = '89504e470d0a1a0a';
const HDF5 = fileURLToPath(new URL('../../fixtures/arrays/kinds.h5', import.meta.url));

describe.skipIf(typeof browser === 'string')('comparing experiments', () => {
  let server: ServerProcess;
  let five: readonly Sample[];
  let eids: string[];
  beforeAll(async () => {
    server = await startServer();
    five = await fiveExperiments(server.url);
    eids = five.map(({ eid }) => eid);
    for (const [i, { uuid }] of five.slice(0, 2).entries()) {
      const data = new Uint8Array(Float64Array.from({ length: 50 + i }, (_, n) => n * (i + 1)).buffer);
      await upload(server.url, uuid, 'trace.npy', npyFile({ descr: '<f8', shape: [50 + i], data }));
      const hdf5 = new Uint8Array(await (await openAsBlob(HDF5)).arrayBuffer());
      await upload(server.url, uuid, 'kinds.h5', hdf5);
    }
  });
  afterAll(async () => {
    await server.stop();
    await (browser as Browser).close();
  });

  const open = (search: Record<string, string>, options?: Parameters<typeof openPage>[2]) => {
    const address = `${server.url}/aqd/experiments/compare?${new URLSearchParams(search)}`;
    return openPage(browser as Browser, address, options);
  };
  const done = async (opened: OpenPage) => {
    expectQuiet(opened);
    await opened.close();
  };
  const search = ({ page }: OpenPage) => Object.fromEntries(new URL(page.url()).searchParams);
  const cells = (row: Locator) => row.getByRole('cell').allTextContents();

  test('five of the list: what differs, and with a switch what does not', async () => {
    const opened = await openPage(browser as Browser, server.url);
    const { page } = opened;
    await page.getByLabel('Choose all of this page').click();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('heading', { level: 1, name: 'Compare' }).waitFor();
    expect(search(opened)).toEqual({ eids: eids.toReversed().join(',') });

    const table = page.getByRole('table');
    const row = (name: string) =>
      table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    await row('device.qubits[0].frequency').waitFor();
    expect(await cells(row('device.qubits[0].frequency'))).toEqual(['4.54', '4.53', '4.52', '4.51', '4.5']);
    expect(await cells(row('averages'))).toEqual(['1000', '“1000”', '1000', '1000', '1000']);
    // YAML is read in a thread of its own.
    const filters = ['“off”', '“off”', '“off”', '“on”', '“off”'];
    await expect.poll(() => cells(row('filter')), PATIENCE).toEqual(filters);
    expect(await row('averages').locator('[data-differs]').allTextContents()).toEqual(['“1000”']);
    expect((await cells(row('Tags')))[0]).toBe('qubit-4repeatrabisetup/1');
    expect(await row('after.log').getByRole('link').count()).toBe(1);
    await table.getByRole('rowheader', { name: 'fridge.yml the same in all' }).waitFor();
    expect(await row('pulse.shape').count()).toBe(0);

    await page.getByLabel('Show equal ones too').check();
    await row('pulse.shape').waitFor();
    await row('temperature').waitFor();
    expect(await row('fridge.yml').getByRole('link').count()).toBe(5);
    expect(search(opened)).toMatchObject({ equal: 'shown' });
    await page.reload();
    await row('pulse.shape').waitFor();
    await done(opened);
  });

  test('experiments are taken out, put first and added', async () => {
    const opened = await open({ eids: eids.join(',') });
    const { page } = opened;
    const heads = page.getByRole('columnheader').getByRole('link');
    await expect.poll(() => heads.allTextContents(), PATIENCE).toEqual(eids);
    // By keyboard: what was pressed is no more, and the focus stays in the table.
    const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label')");
    await page.getByRole('button', { name: `Take out ${eids[1]}` }).press('Enter');
    await expect.poll(() => heads.count(), PATIENCE).toBe(4);
    expect(await focused()).toBe('Differences');
    await page.getByRole('button', { name: `Compare with ${eids[3]}` }).press('Enter');
    const now = [eids[3], eids[0], eids[2], eids[4]];
    await expect.poll(() => heads.allTextContents(), PATIENCE).toEqual(now);
    expect(await focused()).toBe('Differences');
    await page.getByRole('combobox', { name: 'Add an experiment' }).fill('drive at 4.51');
    await page.getByRole('option', { name: eids[1] ?? '' }).click();
    await expect.poll(() => heads.allTextContents(), PATIENCE).toEqual([...now, eids[1]]);
    expect(search(opened)).toEqual({ eids: [...now, eids[1]].join(',') });
    await page.getByRole('link', { name: `sweep.csv of ${eids[4]}` }).click();
    await page.getByRole('heading', { name: 'sweep.csv' }).waitFor();
    await done(opened);
  });

  test('five curves in one plot, saved as pictures, and the same again after a reload', async () => {
    const opened = await open({ eids: eids.join(',') });
    const { page } = opened;
    await page.getByRole('tab', { name: 'Overlay of curves' }).click();
    await page.getByRole('img', { name: `Plot of ${eids.join(', ')} over time` }).waitFor();
    const legend = page.getByRole('list', { name: 'Curves' }).getByRole('button');
    expect(await legend.allTextContents()).toEqual(eids);

    const save = async (item: string) => {
      await page.getByRole('button', { name: 'Save plot' }).click();
      const saving = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: item }).click();
      const download = await saving;
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    const svg = await save('As SVG');
    expect(svg.name).toBe('sweep.csv of 5 experiments.svg');
    expect(svg.bytes.toString().match(/<path /g)).toHaveLength(5);
    for (const eid of eids) expect(svg.bytes.toString()).toContain(`>${eid}<`);
    const png = await save('As PNG');
    expect(png.bytes.subarray(0, 8).toString('hex')).toBe(PNG);
    expect(png.bytes.length).toBeGreaterThan(10_000);

    await legend.nth(1).click();
    await page.getByLabel('log y').check();
    await page.getByRole('combobox', { name: 'Lines or points' }).click();
    await page.getByRole('option', { name: 'Both' }).click();
    const settings = { view: 'overlay', hidden: eids[1], log: 'y', marks: 'Both' };
    await expect.poll(() => search(opened), PATIENCE).toEqual({ eids: eids.join(','), ...settings });
    const plot = page.locator('canvas');
    await page.mouse.move(0, 0);
    const before = await plot.screenshot();
    await page.reload();
    await legend.nth(4).waitFor();
    expect(await legend.nth(1).getAttribute('aria-pressed')).toBe('false');
    await expect.poll(async () => (await plot.screenshot()).equals(before), PATIENCE).toBe(true);
    expect((await save('As SVG')).bytes.toString().match(/<path /g)).toHaveLength(4);
    await done(opened);
  });

  test('says of whom there is no curve', async () => {
    const opened = await open({ eids: eids.join(','), view: 'overlay', y: 'signal' });
    const { page } = opened;
    await page.getByText(`${eids[3]} has no column “signal”.`).waitFor();
    await page
      .getByRole('img', { name: `Plot of ${eids.filter((_, i) => i !== 3).join(', ')} over` })
      .waitFor();
    await page.getByRole('combobox', { name: 'File' }).click();
    await page.getByRole('option', { name: 'trace.npy (2 of 5)' }).click();
    await page.getByText(`${eids[4]} has no file of this name.`).waitFor();
    await page
      .getByRole('img', { name: `Plot of ${eids[0]}, ${eids[1]} over (number of the point), 51 points` })
      .waitFor();
    await page.getByRole('combobox', { name: 'File' }).click();
    await page.getByRole('option', { name: 'kinds.h5 (2 of 5)' }).click();
    await page.getByRole('combobox', { name: 'Column for y' }).click();
    await page.getByRole('option', { name: 'magnitude of /sweep/s21' }).click();
    await page.getByRole('img', { name: `Plot of ${eids[0]}, ${eids[1]} over (number` }).waitFor();
    expect(search(opened)).toMatchObject({ file: 'kinds.h5', y: 'magnitude of /sweep/s21' });
    await done(opened);
  });

  test('an address with too few, or with unknown ones, says so', async () => {
    const opened = await open({});
    const { page } = opened;
    await page.getByText('Which experiments?').waitFor();
    await page.getByRole('combobox', { name: 'Add an experiment' }).fill(eids[0] ?? '');
    await page.getByRole('combobox', { name: 'Add an experiment' }).press('Enter');
    await page.getByText(`Compare ${eids[0]} with …`).waitFor();
    await page.goto(`${server.url}/aqd/experiments/compare?eids=${eids[0]},20000101-7,${eids[1]}`);
    await page.getByText('There is no experiment with the EID “20000101-7”').waitFor();
    await page.getByRole('button', { name: 'Go on without' }).click();
    await page.getByText('There is no experiment').waitFor({ state: 'detached' });
    expect(search(opened)).toEqual({ eids: `${eids[0]},${eids[1]}` });
    await done(opened);
  });

  test('axe finds nothing serious, in both colours and widths', async () => {
    const opened = await open({ eids: eids.join(',') });
    const { page } = opened;
    await page.getByRole('rowheader', { name: 'averages' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Overlay of curves' }).click();
    await page.getByRole('img', { name: /^Plot of/ }).waitFor();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 360, height: 800 });
    await page.getByRole('img', { name: /^Plot of/ }).waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.getByRole('tab', { name: 'Differences' }).click();
    await page.getByRole('rowheader', { name: 'averages' }).waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await done(opened);
  });
});
