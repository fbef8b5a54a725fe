import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { npyFile, zipFile } from '../../../packages/web/src/files/viewers/numpy/make-numpy.ts';
import { startChromium } from '../chromium.ts';
import { pngPicture } from './make-files.ts';
import { hdf5OfLength } from './make-hdf5.ts';
import { expectQuiet } from './open-page.ts';
import { databaseFile } from './sample-files/database.ts';
import { pdfDocument } from './sample-files/pdf-document.ts';
import { type Content, ShownFiles } from './shown-files.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`Files that change are not tested: ${browser}`);

const npyOfLength = (length: number, first = 0) =>
  npyFile({
    descr: '<f8',
    shape: [length],
    data: new Uint8Array(Float64Array.from({ length }, (_, i) => first + i).buffer),
  });
const npzOfLength = (how: 'stored' | 'deflated') => (length: number, first?: number) =>
  zipFile([{ name: 'd.npy', content: npyOfLength(length, first), how }]);

/** Arrays of a length, in a file of each kind, and what their plot is called. */
const ARRAYS: readonly {
  readonly file: string;
  readonly make: (length: number, first?: number) => Content | Promise<Content>;
  readonly plot: string;
}[] = [
  { file: 'd.h5', make: hdf5OfLength, plot: '/d' },
  { file: 'no-ending', make: hdf5OfLength, plot: '/d' },
  { file: 'd.npy', make: npyOfLength, plot: 'd' },
  { file: 'stored.npz', make: npzOfLength('stored'), plot: 'd' },
  { file: 'packed.npz', make: npzOfLength('deflated'), plot: 'd' },
];

describe.skipIf(typeof browser === 'string')('a file that changes while it is open', () => {
  let shown: ShownFiles;
  beforeAll(async () => {
    shown = await ShownFiles.start(browser as Browser, []);
  });
  afterAll(() => shown.stop());

  test.each(ARRAYS)('an array in $file that grows and shrinks', async ({ file, make, plot }) => {
    await shown.put(file, await make(10));
    // NumPy's files have no viewer of this name, and so open with their own.
    const opened = await shown.open(file, { search: { as: 'Plot' } });
    const { page, viewer } = opened;
    const seePoints = (count: number) =>
      viewer.getByRole('img', { name: `Plot of ${plot} over index, ${count} points`, exact: true }).waitFor();
    await seePoints(10);
    // What is looked at stays: neither the plot nor the viewer is made anew.
    await page.evaluate(`document.querySelector('[aria-label="Draw as"]').dataset.same = 'yes'`);
    for (const count of [20, 30, 5]) {
      await shown.put(file, await make(count));
      await seePoints(count);
    }
    expect(await viewer.getByRole('radiogroup', { name: 'Draw as' }).getAttribute('data-same')).toBe('yes');
    expectQuiet(opened);
    await opened.close();
  });

  test.each(ARRAYS)('other numbers in the same places of $file', async ({ file, make }) => {
    await shown.put(file, await make(10));
    const opened = await shown.open(file, { search: { as: 'Plot', look: 'Table' } });
    const see = (number: string) =>
      opened.viewer.getByRole('cell', { name: number, exact: true }).first().waitFor();
    await see('9');
    await shown.put(file, await make(10, 100));
    await see('109');
    expectQuiet(opened);
    await opened.close();
  });

  test.each([
    ['an HDF5 file', 'empty.h5', hdf5OfLength] as const,
    ['a NumPy array', 'empty.npy', () => npyFile({ descr: '<f8', shape: [0, 5], data: new Uint8Array() })],
  ])('of %s that is still empty, that is said', async (_, file, make) => {
    await shown.put(file, await make(0));
    const opened = await shown.open(file, { search: { as: 'Plot' } });
    await opened.viewer.getByText('There are no values yet').waitFor();
    await opened.viewer.getByText('float64, 0 × 5').waitFor();
    expectQuiet(opened);
    await opened.close();
  });

  test('a PDF that was none is shown, and so is one that could not be read', async () => {
    await shown.put('a.pdf', 'no pdf yet');
    const opened = await shown.open('a.pdf');
    const { page, viewer } = opened;
    await viewer.getByText('This is no PDF that can be read').waitFor();
    await shown.put('a.pdf', pdfDocument(['Whole']));
    await viewer.locator('.textLayer').getByText('Whole').waitFor();

    const parts = /a\.pdf\?version=/;
    await page.context().route(parts, (route) => route.abort());
    await shown.put('a.pdf', pdfDocument(['Whole again']));
    const again = viewer.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await page.context().unroute(parts);
    await again.click();
    await viewer.locator('.textLayer').getByText('Whole again').waitFor();
    expect(opened.strangers).toEqual([]);
    await opened.close();
  });

  test('a database that could not be opened is opened when one tries again', async () => {
    await shown.put('b.db', await databaseFile("CREATE TABLE t (x); INSERT INTO t VALUES ('row')"));
    await shown.put('note.txt', 'A note');
    const opened = await shown.open('note.txt');
    const { page, viewer } = opened;
    const parts = /b\.db\?version=/;
    await page.context().route(parts, (route) => route.abort());
    await page.getByRole('link', { name: 'b.db', exact: true }).click();
    const again = viewer.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await page.context().unroute(parts);
    await again.click();
    await viewer.getByRole('cell', { name: 'row', exact: true }).waitFor();
    expect(opened.strangers).toEqual([]);
    await opened.close();
  });

  test('a picture that was broken is shown', async () => {
    await shown.put('a.png', 'no picture yet');
    const opened = await shown.open('a.png');
    await opened.viewer.getByText('This is no picture that the browser knows').waitFor();
    await shown.put('a.png', pngPicture(64, 40));
    const picture = opened.viewer.getByRole('img', { name: 'a.png' });
    const width = () => picture.evaluate((node) => Number(Reflect.get(node, 'naturalWidth')));
    await expect.poll(width).toBe(64);
    await shown.put('a.png', pngPicture(48, 40));
    await expect.poll(width).toBe(48);
    await opened.close();
  });

  test('a database that is left while it loads is there when one comes back', async () => {
    await shown.put('a.db', await databaseFile("CREATE TABLE t (x); INSERT INTO t VALUES ('row')"));
    await shown.put('note.txt', 'A note');
    const opened = await shown.open('note.txt');
    const { page, viewer } = opened;
    const open = (name: string) => page.getByRole('link', { name, exact: true }).click();
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    // The first reading is never answered.
    await page.context().route(/a\.db\?version=/, () => asked(), { times: 1 });
    await open('a.db');
    await isAsked;
    await open('note.txt');
    await viewer.getByText('A note').waitFor();
    await open('a.db');
    await viewer.getByRole('cell', { name: 'row', exact: true }).waitFor({ timeout: 10_000 });
    await opened.close();
  });
});
