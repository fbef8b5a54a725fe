import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@aqueduct/server/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { npyFile, zipFile } from '../../../packages/web/src/files/viewers/numpy/make-numpy.ts';
import { startChromium } from '../chromium.ts';
import { hdf5OfLength, writeLargeHdf5 } from './make-hdf5.ts';
import { expectAccessible, expectQuiet, type OpenPage, VIEWER } from './open-page.ts';
import { type Content, ShownFiles } from './shown-files.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`The viewers of arrays are not tested: ${browser}`);

/** MiB of the file that must not be read whole; `AQUEDUCT_HDF5_MIB=1024` for the full measurement. */
const LARGE = Number(process.env.AQUEDUCT_HDF5_MIB ?? 128);
const MiB = 1024 * 1024;
const PATIENCE = { timeout: 20_000, interval: 100 };
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/arrays/${name}`, import.meta.url));

const bytesOf = (numbers: Float64Array) => new Uint8Array(numbers.buffer);
const wave = (length: number) => bytesOf(Float64Array.from({ length }, (_, i) => Math.sin(i / 5000)));
const spiral = Float64Array.from({ length: 2 * 40 * 30 }, (_, i) =>
  Math.cos(i / 40 + (i % 2) * (Math.PI / 2)),
);
const three = npyFile({ descr: '<f8', shape: [3], data: bytesOf(Float64Array.of(7, 8, 9)) });

type See = (viewer: ReturnType<Page['locator']>, page: Page) => Promise<unknown>;

/** What h5web is asked to show, and what is seen of it. */
const HDF5: readonly {
  readonly file: string;
  readonly search?: Record<string, string>;
  readonly see: See;
}[] = [
  {
    file: 'kinds.h5',
    see: async (viewer, page) => {
      await viewer.getByRole('treeitem', { name: 'sweep' }).click();
      await viewer.getByRole('treeitem', { name: 'map' }).click();
      await viewer.getByRole('tab', { name: 'Heatmap', selected: true }).waitFor();
      await viewer.locator('canvas').first().waitFor();
      await expect
        .poll(() => Object.fromEntries(new URL(page.url()).searchParams), PATIENCE)
        .toEqual({ file: 'kinds.h5', path: '/sweep/map', look: 'Heatmap' });
      await viewer.getByRole('tab', { name: 'Matrix' }).click();
      await viewer.getByRole('gridcell', { name: '1.273e-3' }).waitFor();
      await expect.poll(() => new URL(page.url()).searchParams.get('look'), PATIENCE).toBe('Matrix');
    },
  },
  {
    file: 'kinds.h5',
    search: { path: '/sweep/s21', look: 'Line' },
    see: async (viewer) => {
      await viewer.getByText('Amplitude').first().waitFor();
      await viewer.locator('canvas').first().waitFor();
    },
  },
  {
    file: 'grid.nc',
    search: { path: '/temperature', look: 'Heatmap' },
    see: async (viewer) => {
      await viewer.getByRole('treeitem', { name: 'temperature', selected: true }).waitFor();
      await viewer.locator('canvas').first().waitFor();
    },
  },
  {
    file: 'measured-yesterday',
    see: (viewer) => viewer.getByRole('treeitem', { name: 'sweep' }).waitFor(),
  },
  {
    file: 'attributes.h5',
    search: { path: '/' },
    async see(viewer) {
      await viewer.getByRole('tab', { name: 'Inspect' }).click();
      await viewer.getByText('1732649460123456789').waitFor();
    },
  },
  { file: 'classic.nc', see: (viewer) => viewer.getByText('This is a NetCDF-3 file').waitFor() },
  { file: 'text.h5', see: (viewer) => viewer.getByText('This is no HDF5 file').waitFor() },
];

/** Plots of our own, by what they say to those who can't see them. */
const PLOTS: readonly {
  readonly file: string;
  readonly search?: Record<string, string>;
  readonly label: string;
}[] = [
  {
    file: 'kinds.h5',
    search: { as: 'Plot', path: '/sweep/phases', part: 'Phase' },
    label: 'Heat map of phase of /sweep/phases, 60 × 80 values from -',
  },
  {
    file: 'kinds.h5',
    search: { as: 'Plot', path: '/sweep/cube', look: 'Line', slice: '1,x,2' },
    label: 'Plot of /sweep/cube over index of dim 1, 5 points',
  },
  // Its compression is a plugin of the library.
  {
    file: 'kinds.h5',
    search: { as: 'Plot', path: '/sweep/packed' },
    label: 'Plot of /sweep/packed over index, 1000 points',
  },
  { file: 'wave.npy', label: 'Plot of wave over index, 1000000 points' },
  { file: 'spiral.npy', label: 'Heat map of magnitude of spiral, 40 × 30 values' },
  {
    file: 'spiral.npy',
    search: { look: 'Line', part: 'Phase' },
    label: 'Plot of phase of spiral over index of dim 1, 30 points',
  },
  { file: 'set.npz', label: 'Plot of stored over index, 3 points' },
  { file: 'set.npz', search: { path: 'packed' }, label: 'Plot of packed over index, 3 points' },
];

/** What is hostile or not to be shown says so, and nothing hangs. */
const REFUSED: readonly {
  readonly file: string;
  readonly search?: Record<string, string>;
  readonly words: string;
}[] = [
  { file: 'kinds.h5', search: { path: '/huge' }, words: 'at most 64 MiB are read at once' },
  { file: 'kinds.h5', search: { path: '/loop' }, words: 'Nothing to display' },
  { file: 'half.h5', words: 'The file is incomplete' },
  { file: 'nothing.npy', words: 'All 100 values are NaN' },
  { file: 'nothing.npy', search: { look: 'Line' }, words: 'All 10 values are NaN' },
  { file: 'liar.npy', words: 'The header promises 1000000000 × 1000000000 values' },
  { file: 'pickle.npy', words: 'Python objects (a pickle)' },
  { file: 'broken.npz', words: 'no archive of NumPy arrays' },
];

describe.skipIf(typeof browser === 'string')('arrays', () => {
  let shown: ShownFiles;
  beforeAll(async () => {
    const kinds = new Uint8Array(await readFile(fixture('kinds.h5')));
    const files: Record<string, Content> = {
      'kinds.h5': kinds,
      'measured-yesterday': kinds,
      'attributes.h5': await hdf5OfLength(3),
      'half.h5': kinds.slice(0, 40_000),
      'text.h5': 'This is no HDF5 file, whatever its name says.',
      'grid.nc': new Uint8Array(await readFile(fixture('grid.nc'))),
      'classic.nc': new Uint8Array(await readFile(fixture('classic.nc'))),
      'nothing.npy': npyFile({
        descr: '<f8',
        shape: [10, 10],
        data: bytesOf(new Float64Array(100).fill(Number.NaN)),
      }),
      'wave.npy': npyFile({ descr: '<f8', shape: [1_000_000], data: wave(1_000_000) }),
      'spiral.npy': npyFile({ descr: '<c16', shape: [40, 30], data: bytesOf(spiral) }),
      'liar.npy': npyFile({ descr: '<f8', shape: [1e9, 1e9], data: new Uint8Array(8) }),
      'pickle.npy': npyFile({ descr: '|O', shape: [1], data: new Uint8Array(8) }),
      'broken.npz': 'PK but no more',
      'set.npz': zipFile([
        { name: 'stored.npy', content: three, how: 'stored' },
        { name: 'packed.npy', content: three, how: 'deflated' },
      ]),
      'run.csv': `t,v,w\n${Array.from({ length: 500 }, (_, i) => `${i + 1},${Math.sin(i / 30) + 2},${i}`).join('\n')}\n`,
    };
    shown = await ShownFiles.start(browser as Browser, Object.entries(files));
  }, 120_000);
  afterAll(() => shown.stop());

  const close = async (opened: OpenPage) => {
    // Chromium speaks of its own slowness where there is no graphics card.
    const ours = opened.complaints.filter((words) => !/GPU stall|WebGL|GroupMarkerNotSet/.test(words));
    expectQuiet({ ...opened, complaints: ours });
    await opened.close();
  };

  test.each(HDF5)('h5web shows $file $search', async ({ file, search, see }) => {
    const opened = await shown.open(file, { search });
    await see(opened.viewer, opened.page);
    await close(opened);
  });

  // In one page, as somebody goes from link to link: what was loaded stays.
  test('plots of HDF5 and NumPy files', { timeout: 240_000 }, async () => {
    const opened = await shown.open('run.csv');
    for (const { file, search, label } of PLOTS) {
      await opened.page.goto(shown.addressOf(file, search));
      await opened.viewer.getByRole('img', { name: label }).waitFor();
    }
    await opened.page.goto(shown.addressOf('kinds.h5', { as: 'Plot', path: '/sweep/phases', look: 'Table' }));
    await opened.viewer
      .getByRole('cell', { name: /^0\.00127263\d+ \+ 0i$/ })
      .first()
      .waitFor();
    await close(opened);
  });

  test('what is hostile, damaged or too large says so', { timeout: 240_000 }, async () => {
    const opened = await shown.open('run.csv');
    for (const { file, search, words } of REFUSED) {
      await opened.page.goto(shown.addressOf(file, search));
      await opened.viewer.getByText(words).first().waitFor();
      expect(await opened.viewer.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    }
    expect(opened.strangers).toEqual([]);
    await opened.close();
  });

  test(`of a file of ${LARGE} MiB, only what is shown is read`, { timeout: 600_000 }, async () => {
    const path = join(await temporaryFolder(), 'large.h5');
    await writeLargeHdf5(path, LARGE);
    const form = new FormData();
    form.append('file', await openAsBlob(path), 'x');
    const sent = await fetch(`${shown.server.url}/api/files/${shown.uuid}`, {
      method: 'POST',
      headers: { 'x-file-name': 'large.h5' },
      body: form,
    });
    expect(sent.status).toBe(200);
    const opened = await shown.open('run.csv');
    let bytes = 0;
    opened.page.on('response', async (answer) => {
      if (answer.url().includes('large.h5')) bytes += Number(answer.headers()['content-length']);
    });
    const start = performance.now();
    await opened.page.goto(shown.addressOf('large.h5'));
    await opened.viewer.getByRole('treeitem', { name: 'plane' }).waitFor();
    const there = performance.now() - start;
    await opened.viewer.getByRole('treeitem', { name: 'plane' }).click();
    await opened.viewer.getByText('at most 64 MiB are read at once').waitFor();
    await opened.viewer.getByRole('tab', { name: 'Line' }).click();
    await opened.viewer.locator('canvas').first().waitFor();
    console.log(
      `${LARGE} MiB: there after ${Math.round(there)} ms, a line with ${(bytes / MiB).toFixed(1)} MiB read`,
    );
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(16 * MiB);
    await opened.close();
  });

  test('the settings of a plot are in its address', async () => {
    const opened = await shown.open('run.csv');
    const { page, viewer } = opened;
    await viewer.getByRole('img', { name: 'Plot of v over t, 500 points' }).waitFor();
    await viewer.getByLabel('log x').check();
    await viewer
      .getByRole('textbox', { name: 'Lines or points' })
      .or(viewer.getByRole('combobox', { name: 'Lines or points' }))
      .first()
      .click();
    await page.getByRole('option', { name: 'Both' }).click();
    await viewer.locator('.mantine-MultiSelect-input').click();
    await page.getByRole('option', { name: 'w' }).click();
    await page.keyboard.press('Escape');
    await viewer.getByRole('img', { name: 'Plot of v, w over t, 500 points' }).waitFor();
    const box = await viewer.locator('.u-over').boundingBox();
    if (!box) throw new Error('There is no plot.');
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.8, { steps: 5 });
    await page.mouse.up();
    await page.mouse.move(0, 0);
    const settings = () => Object.fromEntries(new URL(page.url()).searchParams);
    await expect.poll(() => settings().zoom, PATIENCE).toMatch(/^[\d.e+-]+(,[\d.e+-]+){3}$/);
    expect(settings()).toMatchObject({ file: 'run.csv', y: '["v","w"]', log: 'x', marks: 'Both' });

    // A reload, or somebody else with the link, sees the same.
    const plot = viewer.getByRole('img', { name: 'Plot of v, w over t, 500 points' });
    const before = await plot.screenshot();
    await page.reload();
    await plot.waitFor();
    await expect.poll(async () => (await plot.screenshot()).equals(before), PATIENCE).toBe(true);

    // Another file has settings of its own.
    await page.getByRole('link', { name: 'wave.npy', exact: true }).click();
    await viewer.getByRole('img', { name: 'Plot of wave over index' }).waitFor();
    expect(settings()).toEqual({ file: 'wave.npy' });
    await close(opened);
  });

  test.each([
    { file: 'run.csv', label: 'Plot of v over t', inside: '<path d="M' },
    { file: 'wave.npy', label: 'Plot of wave', inside: '<path d="M' },
    { file: 'spiral.npy', label: 'Heat map', inside: '<image ' },
  ])('the plot of $file is saved as PNG and SVG', async ({ file, label, inside }) => {
    const opened = await shown.open(file);
    const { page, viewer } = opened;
    await viewer.getByRole('img', { name: label }).waitFor();
    const save = async (how: string) => {
      await viewer.getByRole('button', { name: 'Save plot' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: how }).click(),
      ]);
      return readFile(await download.path());
    };
    const png = await save('As PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.length).toBeGreaterThan(3000);
    const svg = (await save('As SVG')).toString();
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain(inside);
    // Of a million points, only what a line of so many pixels shows.
    expect(svg.length).toBeLessThan(300_000);
    await close(opened);
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing serious: %s',
    { timeout: 120_000 },
    async (colorScheme) => {
      const opened = await shown.open('spiral.npy', { colorScheme });
      await opened.viewer.getByRole('img', { name: 'Heat map' }).waitFor();
      await expectAccessible(opened.page, VIEWER);
      await opened.page.goto(shown.addressOf('kinds.h5', { as: 'Plot', path: '/sweep/response' }));
      await opened.viewer.getByRole('img', { name: 'Plot of' }).waitFor();
      await expectAccessible(opened.page, VIEWER);
      await opened.page.goto(shown.addressOf('kinds.h5', { path: '/sweep/map', look: 'Heatmap' }));
      await opened.viewer.locator('canvas').first().waitFor();
      await expectAccessible(opened.page, VIEWER);
      await close(opened);
    },
  );
});
