import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { pngPicture } from './make-files.ts';
import { expectAccessible, expectQuiet, looks, openPage, VIEWER } from './open-page.ts';
import { databaseFile, QCODES } from './sample-files/database.ts';
import { codeCell, dataOutput, markdownCell, notebook } from './sample-files/notebook.ts';
import { pdfDocument } from './sample-files/pdf-document.ts';
import { wavSound } from './sample-files/wav-sound.ts';
import { webmFilm } from './sample-files/webm-film.ts';
import { zipArchive } from './sample-files/zip-archive.ts';
import { ShownFiles } from './shown-files.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`The viewers of rich files are not tested: ${browser}`);

const MiB = 1024 * 1024;
/** Of each kind of colours and controls, one: axe takes its time. */
const AXED = ['analysis.ipynb', 'report.pdf', 'qcodes.db'];
const png = Buffer.from(pngPicture(64, 40)).toString('base64');

const HTML = '<style>td { color: rgb(0, 0, 255) }</style><table><tr><td style="x: y">0.125</td></tr></table>';

const NOTEBOOK = notebook([
  markdownCell('# Decay of qubit 3\n\n$T_1$ ![drawn](attachment:drawn.png) ![half](attachment:50%off.png)', {
    attachments: { 'drawn.png': { 'image/png': png }, '50%off.png': { 'image/png': png } },
  }),
  codeCell('def fit(x):\n    return x  # the decay', {
    output_type: 'stream',
    name: 'stdout',
    text: ['chi2 = ', '1.25\n'],
  }),
  codeCell('plot(x)', dataOutput({ 'image/png': png, 'text/plain': '<Figure size 640x480>' })),
  codeCell('fit', dataOutput({ 'application/json': { chi2: 'NOT A NUMBER' } })),
  codeCell('1 / 0', {
    output_type: 'error',
    ename: 'ZeroDivisionError',
    evalue: 'division by zero',
    traceback: ['\u001b[0;31mZeroDivisionError\u001b[0m: division by zero'],
  }),
  // As Python writes it.
]).replace('"NOT A NUMBER"', 'NaN');

type Viewer = ReturnType<Page['locator']>;

/** A file of each kind, and what is seen of it. */
const FILES: readonly {
  readonly name: string;
  readonly content: () => string | Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
  readonly see: (viewer: Viewer, page: Page) => Promise<unknown>;
}[] = [
  {
    name: 'analysis.ipynb',
    content: () => NOTEBOOK,
    async see(viewer) {
      await viewer.getByRole('heading', { name: 'Decay of qubit 3' }).waitFor();
      await viewer.locator('.katex').first().waitFor();
      await seePicture(viewer, 'drawn');
      await seePicture(viewer, 'half');
      await viewer.locator('.hljs-comment', { hasText: '# the decay' }).waitFor();
      await viewer.getByText('chi2 = 1.25').waitFor();
      await seePicture(viewer, '<Figure size 640x480>');
      await viewer.getByText('NaN', { exact: true }).waitFor();
      await viewer.locator('span[style*="color"]', { hasText: 'ZeroDivisionError' }).first().waitFor();
    },
  },
  {
    // Not looked at by axe, which waits for an answer of frames where no script runs.
    name: 'frame.ipynb',
    content: () => notebook([codeCell('frame', dataOutput({ 'text/html': HTML }))]),
    async see(viewer) {
      const cell = viewer.frameLocator('iframe').getByRole('cell', { name: '0.125' });
      await cell.waitFor();
      expect(await viewer.locator('iframe').getAttribute('sandbox')).toBe('');
    },
  },
  {
    name: 'empty.ipynb',
    content: () => notebook([]),
    see: (viewer) => viewer.getByText('The notebook is empty').waitFor(),
  },
  {
    name: 'none.ipynb',
    content: () => '[1]',
    see: (viewer) => viewer.getByText('This is no notebook').waitFor(),
  },
  {
    name: 'report.pdf',
    content: () => pdfDocument(Array.from({ length: 12 }, (_, i) => `This is page ${i + 1}`)),
    async see(viewer, page) {
      await viewer.locator('.textLayer').getByText('This is page 1', { exact: true }).waitFor();
      await viewer.getByText('of 12').waitFor();
      await viewer.getByRole('button', { name: 'Next page' }).click();
      await expect.poll(() => viewer.getByLabel('Page', { exact: true }).inputValue()).toBe('2');
      await viewer.getByLabel('Page', { exact: true }).fill('11');
      await viewer.getByLabel('Page', { exact: true }).press('Enter');
      const line = viewer.locator('.textLayer').getByText('This is page 11', { exact: true });
      await line.waitFor();
      await viewer.getByRole('button', { name: 'Larger' }).click();
      await viewer.getByRole('button', { name: 'Fit width' }).click();
      await line.waitFor();
      await line.selectText();
      expect(await page.evaluate('getSelection().toString()')).toBe('This is page 11');
      await expect.poll(() => drawnPixels(page)).toBeGreaterThan(50);
    },
  },
  {
    name: 'none.pdf',
    content: () => 'no pdf',
    see: (viewer) => refused(viewer, 'This is no PDF that can be read'),
  },
  {
    name: 'tone.wav',
    content: () => wavSound(2),
    see: (viewer) => expect.poll(() => numberOf(viewer.locator('audio'), 'duration')).toBe(2),
  },
  {
    name: 'film.webm',
    content: () => webmFilm(browser as Browser),
    see: (viewer) => expect.poll(() => numberOf(viewer.locator('video'), 'videoWidth')).toBe(160),
  },
  {
    name: 'broken.mp4',
    content: () => 'no film',
    see: (viewer) => viewer.getByText('This browser can not play it').waitFor(),
  },
  {
    name: 'qcodes.db',
    content: () => databaseFile(QCODES),
    async see(viewer) {
      await viewer.getByRole('cell', { name: 'chip-7B' }).first().waitFor();
      await viewer
        .getByLabel('Table', { exact: true })
        .selectOption({ label: 'Run 2: decay · T1 of qubit 3 · chip-7B' });
      await viewer.getByText('ids 1–200, the last is 100000').waitFor();
      await viewer.getByRole('button', { name: 'Next rows' }).click();
      await viewer.getByText('ids 201–400').waitFor();
      await viewer.getByRole('button', { name: 'Last rows' }).click();
      await viewer.getByText('ids 99801–100000').waitFor();
      await viewer.getByRole('button', { name: 'Previous rows' }).click();
      await viewer.getByText('ids 99601–99800').waitFor();
      await viewer.getByLabel('Go to the row with this id').fill('50000');
      await viewer.getByLabel('Go to the row with this id').press('Enter');
      await viewer.getByRole('cell', { name: '0.005', exact: true }).waitFor();
      await viewer.getByRole('cell', { name: 'bytes: 16' }).first().waitFor();
      await viewer.getByLabel('Table', { exact: true }).selectOption({ label: 'late' });
      await viewer.getByText('rows 1–200').waitFor();
      await viewer.getByRole('cell', { name: '50001', exact: true }).first().waitFor();
    },
  },
  {
    name: 'wal.sqlite',
    content: () =>
      databaseFile(`PRAGMA journal_mode = WAL; CREATE TABLE a (x); INSERT INTO a VALUES ('seen');
        PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO a VALUES ('in the log')`),
    async see(viewer) {
      await viewer.getByRole('cell', { name: 'seen' }).waitFor();
      await viewer.getByText('changes that stand only in its “-wal” file are not shown').waitFor();
    },
  },
  {
    name: 'odd.sqlite3',
    content: () =>
      databaseFile(`CREATE TABLE "a""b" (rowid, _rowid_, oid); INSERT INTO "a""b" VALUES ('x', 2, NULL);
        CREATE TABLE keyed (k TEXT PRIMARY KEY) WITHOUT ROWID; CREATE TABLE bare (i INTEGER)`),
    async see(viewer) {
      await viewer.getByRole('cell', { name: 'x', exact: true }).waitFor();
      await viewer.getByLabel('Table', { exact: true }).selectOption({ label: 'keyed' });
      await viewer.getByText('There are no rows').waitFor();
    },
  },
  {
    name: 'none.db',
    content: () => 'x'.repeat(5000),
    see: (viewer) => refused(viewer, 'This is no SQLite database'),
  },
  {
    name: 'data.zip',
    content: () => zipArchive({ 'runs/': '', 'runs/first.csv': 'a,b\n'.repeat(1000), 'Grüße.txt': 'Grüße' }),
    async see(viewer) {
      await viewer.getByText('2 files, 4.0 kB unpacked').waitFor();
      await viewer.getByRole('cell', { name: 'runs/first.csv' }).waitFor();
      await viewer.getByRole('cell', { name: 'Grüße.txt' }).waitFor();
    },
  },
  {
    name: 'none.zip',
    content: () => 'no zip',
    see: (viewer) => refused(viewer, 'This is no zip that can be read'),
  },
];

describe.skipIf(typeof browser === 'string')('the viewers of rich files', () => {
  let shown: ShownFiles;
  beforeAll(async () => {
    const files = FILES.map(async ({ name, content }) => [name, await content()] as const);
    shown = await ShownFiles.start(browser as Browser, await Promise.all(files));
  });
  afterAll(() => shown.stop());

  test.each(FILES)('$name', async ({ name, see }) => {
    const opened = await shown.open(name);
    await see(opened.viewer, opened.page);
    expectQuiet(opened);
    await opened.close();
  });

  test('the table of a database and its page are in the address', async () => {
    const opened = await shown.open('qcodes.db', { search: { path: 'table/results-1-2', rows: 'at 50000' } });
    const { page, viewer } = opened;
    const settings = () => Object.fromEntries(new URL(page.url()).searchParams);
    await viewer.getByText('ids 50000–50199').waitFor();
    await viewer.getByRole('button', { name: 'Next rows' }).click();
    await viewer.getByText('ids 50200–50399').waitFor();
    expect(settings()).toEqual({ file: 'qcodes.db', path: 'table/results-1-2', rows: 'at 50200' });
    await page.reload();
    await viewer.getByText('ids 50200–50399').waitFor();
    await viewer.getByLabel('Table', { exact: true }).selectOption({ label: 'layouts' });
    await viewer.getByText('There are no rows').waitFor();
    expect(settings()).toEqual({ file: 'qcodes.db', path: 'table/layouts' });
    expectQuiet(opened);
    await opened.close();
  });

  test('of large files only parts are read', { timeout: 180_000 }, async () => {
    const padding = `<< /Length ${24 * MiB} >>\nstream\n${' '.repeat(24 * MiB)}\nendstream`;
    await shown.put('large.pdf', pdfDocument(['First', 'Second'], { objects: [padding] }));
    await shown.put(
      'large.db',
      await databaseFile(`CREATE TABLE big (id INTEGER PRIMARY KEY, data BLOB);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24000)
        INSERT INTO big SELECT i, zeroblob(1000) FROM n`),
    );
    const see: Readonly<Record<string, (viewer: Viewer) => Promise<void>>> = {
      'large.pdf': (viewer) => viewer.locator('.textLayer').getByText('First').waitFor(),
      async 'large.db'(viewer) {
        await viewer.getByRole('button', { name: 'Last rows' }).click();
        await viewer.getByText('ids 23801–24000').waitFor();
      },
    };
    for (const [name, seeFile] of Object.entries(see)) {
      let bytes = 0;
      const opened = await openPage(browser as Browser, `${shown.server.url}/health`);
      opened.page.context().on('response', (answer) => {
        if (answer.url().includes(`/${name}?version=`)) bytes += Number(answer.headers()['content-length']);
      });
      await opened.page.goto(shown.addressOf(name));
      await seeFile(opened.page.getByRole('region', { name: 'Viewer' }));
      expect(bytes, name).toBeGreaterThan(0);
      expect(bytes, name).toBeLessThan(4 * MiB);
      expectQuiet(opened);
      await opened.close();
    }
  });

  test('what changes is shown anew, at the same place', async () => {
    const pages = (word: string) => pdfDocument(Array.from({ length: 9 }, (_, i) => `${word} ${i + 1}`));
    await shown.put('live.pdf', pages('Old'));
    const opened = await shown.open('live.pdf');
    const text = (words: string) => opened.viewer.locator('.textLayer').getByText(words, { exact: true });
    await text('Old 1').waitFor();
    await opened.viewer.getByLabel('Page', { exact: true }).fill('7');
    await opened.viewer.getByLabel('Page', { exact: true }).press('Enter');
    await text('Old 7').waitFor();
    await shown.put('live.pdf', pages('New'));
    await text('New 7').waitFor();
    await opened.close();

    const rows = (count: number) =>
      databaseFile(`CREATE TABLE t (x); ${"INSERT INTO t VALUES ('row');".repeat(count)}`);
    await shown.put('live.db', await rows(2));
    const second = await shown.open('live.db');
    await second.viewer.getByText('ids 1–2').waitFor();
    await shown.put('live.db', await rows(3));
    await second.viewer.getByText('ids 1–3').waitFor();
    expectQuiet(second);
    await second.close();
  });

  test.each(looks)(
    'axe finds nothing serious: $name',
    { timeout: 180_000 },
    async ({ colorScheme, width }) => {
      const opened = await shown.open(AXED[0] ?? '', { colorScheme, width });
      const { page, viewer } = opened;
      for (const name of AXED) {
        await page.getByRole('link', { name, exact: true }).click();
        await viewer.getByRole('heading', { name, exact: true }).waitFor();
        await viewer.getByRole('region', { name: 'Contents' }).waitFor();
        await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor({ state: 'detached' });
        await expectAccessible(page, VIEWER);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      expectQuiet(opened);
      await opened.close();
    },
  );
});

async function refused(viewer: Viewer, words: string): Promise<void> {
  await viewer.getByText(words).waitFor();
  expect(await viewer.getByRole('button', { name: 'Try again' }).count()).toBe(0);
}

async function seePicture(viewer: Viewer, name: string): Promise<void> {
  const picture = viewer.getByRole('img', { name, exact: true });
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => numberOf(picture, 'naturalWidth')).toBe(64);
}

function numberOf(element: Viewer, property: string): Promise<number> {
  return element.evaluate((node, name) => Number(Reflect.get(node, name)), property);
}

/** Dark points of the first page that is drawn. */
function drawnPixels(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const canvas = document.querySelector('.pdfViewer .page[data-loaded] canvas');
    const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
    const pencil = copy.getContext('2d');
    pencil.drawImage(canvas, 0, 0);
    const { data } = pencil.getImageData(0, 0, copy.width, copy.height);
    let dark = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 0 && data[i] < 100) dark += 1;
    return dark;
  })()`);
}
