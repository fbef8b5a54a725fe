import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { graphql } from '../graphql-client.ts';
import { pngPicture } from './make-files.ts';
import { expectAccessible, expectQuiet, looks, VIEWER } from './open-page.ts';
import { type Content, ShownFiles } from './shown-files.ts';

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`The viewers are not tested: ${browser}`);

const PATIENCE = { timeout: 20_000, interval: 100 };
const HTML = '<p id="p">still</p><script>document.getElementById("p").textContent = "ran " + origin</script>';
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><rect width="120" height="80"/><script>document.title = 1</script></svg>';

/** Of each kind of colours and controls, one: axe takes its time. */
const AXED = ['fit.py', 'setup.json', 'run.log', 'german.csv'];

/** What "Save plot" gives. */
async function savedSvg(viewer: ReturnType<Page['locator']>): Promise<string> {
  const page = viewer.page();
  await viewer.getByRole('button', { name: 'Save plot' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'As SVG' }).click();
  return readFile(await (await saving).path(), 'utf8');
}

/** Fields, moments and another reading of a magnet: both branches are steep where the other is flat. */
const LOOP = Array.from({ length: 400 }, (_, i) => {
  const field = i < 200 ? i - 100 : 300 - i;
  const moment = Math.tanh((field + (i < 200 ? -30 : 30)) / 3);
  return [field, Number(moment.toFixed(6)), Number((i / 400).toFixed(4))].join();
});

/** The colours of the canvas of a page, each as its red, green and blue. */
async function inksOn(page: Page): Promise<string[]> {
  return page.evaluate(`{
    const drawn = document.querySelector('canvas');
    // A copy: Chromium warns of reading the same one again and again.
    const copy = new OffscreenCanvas(drawn.width, drawn.height).getContext('2d');
    copy.drawImage(drawn, 0, 0);
    const { data } = copy.getImageData(0, 0, drawn.width, drawn.height);
    const inks = new Set();
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) inks.add(data.slice(i, i + 3).join());
    [...inks];
  }`);
}

/** A file of each kind, and what is seen of it. */
const FILES: readonly {
  readonly name: string;
  readonly content: Content;
  readonly see: (viewer: ReturnType<Page['locator']>) => Promise<unknown>;
}[] = [
  {
    name: 'fit.py',
    content: 'def fit(x):\n    return "α"  # a comment\n',
    see: async (viewer) => {
      await viewer.locator('.hljs-keyword', { hasText: 'def' }).waitFor();
      await viewer.getByText('# a comment').waitFor();
    },
  },
  {
    name: 'Grüße-ж-日本.txt',
    content: 'Grüße\n',
    see: (viewer) => viewer.getByText('Grüße', { exact: true }).waitFor(),
  },
  {
    name: 'notes.md',
    content: '# Notes\n\n$E=mc^2$ ![map](map.png) <img src=x onerror=alert(1)>\n\n| a |\n|---|\n| 7 |\n',
    see: async (viewer) => {
      await viewer.getByRole('heading', { name: 'Notes' }).waitFor();
      await viewer.locator('.katex').waitFor();
      await viewer.getByRole('cell', { name: '7' }).waitFor();
      await viewer.getByText('<img src=x onerror=alert(1)>').waitFor();
      expect(await viewer.getByRole('img', { name: 'map' }).getAttribute('src')).toMatch(
        /\/map\.png\?version=[\da-f]{64}$/,
      );
    },
  },
  {
    // Laid out beside the page.
    name: 'long.md',
    content: `# Long\n\n${'A paragraph of many, with &auml;.\n\n'.repeat(2000)}`,
    async see(viewer) {
      await viewer.getByRole('heading', { name: 'Long' }).waitFor();
      await viewer.getByText('A paragraph of many, with ä.').first().waitFor();
    },
  },
  {
    name: 'setup.json',
    content: JSON.stringify({
      device: { qubits: [{ f: 4.5 }] },
      long: Array.from({ length: 1000 }, (_, i) => i),
    }),
    see: async (viewer) => {
      await viewer.getByRole('button', { name: /^qubits/ }).click();
      await viewer.getByRole('button', { name: /^0 / }).click();
      await viewer.getByText('4.5').waitFor();
      await viewer.getByRole('button', { name: /^long/ }).click();
      await viewer.getByRole('button', { name: 'Show more: 900 are left' }).waitFor();
    },
  },
  {
    name: 'bad.json',
    content: '{"a": ',
    async see(viewer) {
      await viewer.getByText('This is no valid JSON').waitFor();
      expect(await viewer.getByRole('button', { name: 'Try again' }).count()).toBe(0);
      await viewer.getByRole('button', { name: 'See it as text' }).click();
      await viewer.getByText('{"a":').waitFor();
    },
  },
  {
    name: 'config.yaml',
    content: 'rate: 2.5\nnested: {deep: yes}\n',
    see: (viewer) => viewer.getByText('2.5').waitFor(),
  },
  {
    name: 'bomb.yml',
    content: `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f']
      .map(
        (name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdef'[i]}`).join(', ')}]`,
      )
      .join('\n')}\n`,
    see: (viewer) => viewer.getByText('Excessive alias count').waitFor(),
  },
  {
    name: 'map.png',
    content: pngPicture(64, 40),
    see: async (viewer) => {
      await viewer.getByRole('img', { name: 'map.png' }).waitFor();
      await viewer.getByRole('button', { name: 'Own size' }).click();
      await expect
        .poll(async () => (await viewer.getByRole('img', { name: 'map.png' }).boundingBox())?.width, PATIENCE)
        .toBe(64);
      await viewer.getByRole('button', { name: 'Larger' }).click();
      await expect
        .poll(async () => (await viewer.getByRole('img', { name: 'map.png' }).boundingBox())?.width, PATIENCE)
        .toBe(96);
    },
  },
  {
    name: 'broken.png',
    content: 'no picture',
    see: (viewer) => viewer.getByText('no picture that the browser').waitFor(),
  },
  {
    name: 'chip.svg',
    content: SVG,
    see: async (viewer) => {
      await viewer.getByRole('img', { name: 'chip.svg' }).waitFor();
      await viewer.getByText('Page', { exact: true }).click();
      await viewer.frameLocator('iframe').locator('rect').waitFor();
    },
  },
  {
    name: 'report.html',
    content: HTML,
    // Its script ran, in no origin of ours.
    see: (viewer) => viewer.frameLocator('iframe').getByText('ran null').waitFor(),
  },
  {
    name: 'run.log',
    content: '\u001b[1;31mERROR\u001b[0m too warm\n10 %\r100 %\n',
    see: async (viewer) => {
      expect(await viewer.getByText('ERROR').first().getAttribute('style')).toMatch(/color/);
      expect(await viewer.getByText('10 %', { exact: true }).count()).toBe(0);
    },
  },
  {
    name: 'state.bin',
    content: new Uint8Array(2000),
    see: async (viewer) => {
      // SHA-256 of 2000 zeros.
      await viewer.getByText(/^[\da-f]{64}$/).waitFor();
      await viewer.getByText('2.0 kB (2,000 bytes)').waitFor();
    },
  },
  { name: 'empty.txt', content: '', see: (viewer) => viewer.getByText('The file is empty').waitFor() },
  {
    name: 'turns back.csv',
    content: `t_unix,M\n${Array.from({ length: 200 }, (_, i) => `${1732645000 + 50 * Math.sin(i / 30)},${Math.cos(i / 30)}`).join('\n')}\n`,
    // Each way is one line: sorted, it would go up and down in each column.
    async see(viewer) {
      await viewer.getByRole('img', { name: 'Plot of M over t_unix, 200 points' }).waitFor();
      const svg = await savedSvg(viewer);
      expect(svg).toContain('>t_unix (1732644900 + …)<');
      const [line = ''] = /(?<=<path d=")[^"]+/.exec(svg) ?? [];
      const ys = [...line.matchAll(/[ML][\d.-]+ ([\d.-]+)/g)].map(([, y]) => Number(y));
      const turns = ys.filter(
        (y, i) => i > 1 && (y - (ys[i - 1] ?? 0)) * ((ys[i - 1] ?? 0) - (ys[i - 2] ?? 0)) < 0,
      );
      expect(turns.length).toBeLessThan(5);
    },
  },
  {
    name: 'oscilloscope.csv',
    content: `x-axis,1,1\nsecond,Volt,Volt\n${Array.from({ length: 20 }, (_, i) => `${i}e-3,0.${i},1`).join('\n')}\n`,
    // Two channels of the same name are two columns to choose from.
    async see(viewer) {
      await viewer.getByRole('img', { name: 'Plot of 1 (Volt) over x-axis (second), 20 points' }).waitFor();
      await viewer.locator('.mantine-MultiSelect-inputField').press('ArrowDown');
      await viewer.page().getByRole('option', { name: '1 (Volt) (2)', exact: true }).waitFor();
    },
  },
  {
    name: 'fridge log.csv',
    content: `${Array.from({ length: 30 }, (_, i) => `2026-11-27 10:${10 + i}:00,4.${i},1`).join('\n')}\n`,
    async see(viewer) {
      await viewer.getByRole('img', { name: 'Plot of Column 2 over Column 1, 30 points' }).waitFor();
      const svg = await savedSvg(viewer);
      expect(svg).toContain('>Column 1 (2026-11-27)<');
      expect(svg).toContain('>10:20<');
    },
  },
  {
    name: 'spectral density.csv',
    content: `f,S\n${Array.from({ length: 20 }, (_, i) => `${i + 1},${1 + (i % 6)}e-26`).join('\n')}\n`,
    async see(viewer) {
      await viewer.getByRole('img', { name: 'Plot of S over f, 20 points' }).waitFor();
      const svg = await savedSvg(viewer);
      expect(svg).toContain('>S (… × 10⁻²⁷)<');
      for (const tick of [10, 20, 30, 40, 50, 60]) expect(svg).toContain(`>${tick}<`);
      const { height: seen } = (await viewer.locator('.u-over').boundingBox()) ?? { height: 0 };
      const [line = ''] = /(?<=<path d=")[^"]+/.exec(svg) ?? [];
      const ys = [...line.matchAll(/[ML][\d.-]+ ([\d.-]+)/g)].map(([, y]) => Number(y));
      expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(0.7 * seen);
    },
  },
  { name: 'empty.json', content: '', see: (viewer) => viewer.getByText('The file is empty').waitFor() },
  ...['md', 'log', 'svg', 'html', 'wav', 'npy', 'zip'].map((type) => ({
    name: `empty.${type}`,
    content: '',
    see: (viewer: Locator) => viewer.getByText('The file is empty').waitFor(),
  })),
  { name: 'empty.csv', content: '', see: (viewer) => viewer.getByText('The file is empty').waitFor() },
  {
    name: 'long.txt',
    content: `${'a line of text '.repeat(20)}\n`.repeat(10_000),
    see: (viewer) => viewer.getByText('Only the first 2.1 MB of 3.0 MB are shown').waitFor(),
  },
  {
    name: 'lines.txt',
    content: 'line\n'.repeat(60_000),
    see: (viewer) => viewer.getByText('Only the first 50,000 lines are shown').waitFor(),
  },
  {
    name: 'german.csv',
    content: 'Zeit;Wert\n0,5;1,5\n1,0;2,5\n1,5;3\n2;4\n',
    see: async (viewer) => {
      await viewer.getByRole('img', { name: 'Plot of Wert over Zeit, 4 points' }).waitFor();
      await viewer.getByText('Table', { exact: true }).click();
      await viewer.getByRole('cell', { name: '2,5' }).waitFor();
    },
  },
  {
    name: 'many.tsv',
    content: `x\ty\tz\n${Array.from({ length: 100_000 }, (_, i) => `${i}\t${Math.sin(i / 5000)}\t${i * i}`).join('\n')}\n`,
    see: async (viewer) => {
      await viewer.getByText('100,000 rows, 3 columns').waitFor();
      await viewer.getByRole('img', { name: 'Plot of y over x, 100000 points' }).waitFor();
      await viewer.getByLabel('log x').check();
      // Zero has no logarithm.
      await viewer.getByRole('img', { name: 'Plot of y over x, 99999 points' }).waitFor();
      await viewer.getByText('Table', { exact: true }).click();
      const grid = viewer.getByRole('region', { name: 'Contents' });
      await grid.evaluate((box) => {
        (box as unknown as { scrollTop: number }).scrollTop = 60_000 * 26;
      });
      await grid
        .getByRole('cell', { name: '60,001', exact: true })
        .or(grid.getByText('60001', { exact: true }))
        .first()
        .waitFor();
      expect(await grid.getByRole('row').count()).toBeLessThan(200);
    },
  },
];

describe.skipIf(typeof browser === 'string')('the viewers', () => {
  let shown: ShownFiles;
  beforeAll(async () => {
    const files = FILES.map(({ name, content }) => [name, content] as const);
    shown = await ShownFiles.start(browser as Browser, files);
  });
  afterAll(() => shown.stop());

  test.each(FILES)('$name', async ({ name, see }) => {
    const opened = await shown.open(name);
    await see(opened.viewer);
    expectQuiet(opened);
    await opened.close();
  });

  test('a growing table is a live plot that keeps its zoom', async () => {
    const rows = (n: number) => `t,v\n${Array.from({ length: n }, (_, i) => `${i},${i % 7}`).join('\n')}\n`;
    await shown.put('live.csv', rows(100));
    const opened = await shown.open('live.csv');
    const { page } = opened;
    const plot = page.getByRole('img', { name: /^Plot of v over t/ });
    await page.getByRole('img', { name: 'Plot of v over t, 100 points' }).waitFor();
    const whole = await plot.screenshot();
    const over = plot.locator('.u-over');
    const box = await over.boundingBox();
    if (!box) throw new Error('There is no plot.');
    await page.mouse.move(box.x + box.width * 0.25, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await page.mouse.move(0, 0);
    const zoomed = await plot.screenshot();
    expect(zoomed.equals(whole)).toBe(false);

    await shown.put('live.csv', rows(150));
    await page.getByRole('img', { name: 'Plot of v over t, 150 points' }).waitFor();
    // What is in sight did not change, and so neither did the picture.
    expect((await plot.screenshot()).equals(zoomed)).toBe(true);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(async () => (await plot.screenshot()).equals(zoomed), PATIENCE).toBe(false);
    expectQuiet(opened);
    await opened.close();
  });

  test('a part of very small numbers is zoomed into, and stays after a reload', async () => {
    await shown.put('small.csv', `f,S\n${[1, 6, 2, 5, 3].map((S, i) => `${i}e-20,${S}e-26`).join('\n')}\n`);
    const opened = await shown.open('small.csv');
    const { page, viewer } = opened;
    const plot = viewer.getByRole('img', { name: 'Plot of S over f, 5 points' });
    await plot.waitFor();
    const box = await viewer.locator('.u-over').boundingBox();
    if (!box) throw new Error('There is no plot.');
    await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.25);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.75, { steps: 5 });
    await page.mouse.up();
    await page.mouse.move(0, 0);
    const zoom = () => (new URL(page.url()).searchParams.get('zoom') ?? '').split(',').map(Number);
    await expect.poll(() => zoom().length, PATIENCE).toBe(4);
    const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = zoom();
    expect((x1 - x0) * 1e20).toBeCloseTo(1, 1);
    expect((y1 - y0) * 1e26).toBeGreaterThan(2);
    expect((y1 - y0) * 1e26).toBeLessThan(4);
    const before = await plot.screenshot();
    await page.reload();
    await plot.waitFor();
    await expect.poll(async () => (await plot.screenshot()).equals(before), PATIENCE).toBe(true);
    expectQuiet(opened);
    await opened.close();
  });

  test('a link with a zoom that a logarithmic axis can not show, shows everything', async () => {
    await shown.put('decades.csv', 't,v\n1,1\n10,2\n100,3\n');
    const search = { look: 'Plot', log: 'x', zoom: '-1,1,0,1' };
    const opened = await shown.open('decades.csv', { search });
    const { viewer } = opened;
    await viewer.getByRole('img', { name: 'Plot of v over t, 3 points' }).waitFor();
    expect(await savedSvg(viewer)).toContain('>100<');
    expectQuiet(opened);
    await opened.close();
  });

  test('names of columns, however long or many, leave a plot its room', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `transmission of resonator ${i} `.repeat(6).trim());
    await shown.put('long-names.csv', `t,${names}\n${'1,'.repeat(30)}1\n${'2,'.repeat(30)}2\n`);
    const search = { look: 'Plot', y: JSON.stringify(names) };
    const opened = await shown.open('long-names.csv', { search });
    const { page, viewer } = opened;
    const heightOf = async (part: string) => (await viewer.locator(part).first().boundingBox())?.height;
    await viewer.locator('.u-over').waitFor();
    await expect.poll(() => heightOf('.u-over'), PATIENCE).toBeGreaterThan(60);
    expect(await heightOf('.u-label >> nth=1')).toBeLessThan(30);
    const first = viewer.getByRole('button', { name: names[0], exact: true });
    expect(await first.getAttribute('title')).toBe(names[0]);
    // By the keyboard, curves are hidden, and the plot is zoomed.
    await first.press('Enter');
    await viewer.getByRole('button', { name: names[0], pressed: false }).waitFor();
    const zoom = () => new URL(page.url()).searchParams.get('zoom');
    await viewer.getByRole('img', { name: /^Plot of transmission/ }).press('+');
    await expect.poll(zoom, PATIENCE).toMatch(/^1\.25,1\.75,/);
    await page.keyboard.press('0');
    await expect.poll(zoom, PATIENCE).toBe(null);
    expectQuiet(opened);
    await opened.close();
  });

  test('a text that changes is shown anew, and one that goes away says so', async () => {
    await shown.put('now.txt', 'before');
    const opened = await shown.open('now.txt');
    const { viewer } = opened;
    await viewer.getByText('before').waitFor();
    await shown.put('now.txt', 'afterwards');
    await viewer.getByText('afterwards').waitFor();
    await fetch(`${shown.server.url}/api/files/${shown.uuid}/delete_files`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ file_list: ['now.txt'] }),
    });
    await viewer.getByText('There is no such file').waitFor();
    expectQuiet(opened);
    await opened.close();
  });

  test('a picture in a description is shown anew when it is replaced', async () => {
    const picture = (width: number) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20"><rect width="9" height="9"/></svg>`;
    await shown.put('replaced.svg', picture(30));
    const input = { description: '![replaced](replaced.svg)' };
    await graphql(
      shown.server.url,
      'mutation ($uuid: UUID!, $input: ExperimentUpdateInput!) { updateExperiment(uuid: $uuid, experimentUpdateInput: $input) { eid } }',
      { uuid: shown.uuid, input },
    );
    const opened = await shown.open('fit.py');
    const width = async () => (await opened.page.getByRole('img', { name: 'replaced' }).boundingBox())?.width;
    await expect.poll(width, PATIENCE).toBe(30);
    await shown.put('replaced.svg', picture(70));
    await expect.poll(width, PATIENCE).toBe(70);
    expectQuiet(opened);
    await opened.close();
  });

  test('is printed black on white, whole and without what can be pressed', async () => {
    await shown.put('long.txt', 'a line\n'.repeat(300));
    const opened = await shown.open('long.txt', { colorScheme: 'dark' });
    const { page, viewer } = opened;
    await viewer.getByText('a line').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Upload' }).isVisible()).toBe(false);
    const colours = await page.evaluate(
      '[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]',
    );
    expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
    const { height = 0 } = (await viewer.getByRole('region', { name: 'Contents' }).boundingBox()) ?? {};
    expect(height).toBeGreaterThan(300 * 15);
    await opened.close();
  });

  describe('a loop of two columns', () => {
    const search = { y: JSON.stringify(['moment', 'other']) };
    beforeAll(() => shown.put('loop.csv', `field,moment,other\n${LOOP.join('\n')}\n`));

    test('is read in one row of the file', async () => {
      const opened = await shown.open('loop.csv', { search });
      const { page, viewer } = opened;
      await viewer.getByRole('img', { name: 'Plot of moment, other over field, 400 points' }).waitFor();
      const box = await viewer.locator('.u-over').boundingBox();
      if (!box) throw new Error('There is no plot.');
      for (let i = 1; i < 20; i += 1) {
        await page.mouse.move(box.x + (box.width * i) / 20, box.y + (box.height * ((i * 7) % 20)) / 20);
        const read = await viewer.locator('.u-legend .u-value').allTextContents();
        expect(LOOP).toContain(read.join());
      }
      expectQuiet(opened);
      await opened.close();
    });

    test('is printed in inks for paper, and what is hidden stays so', async () => {
      const opened = await shown.open('loop.csv', { search, colorScheme: 'dark' });
      const { page, viewer } = opened;
      const inks = { print: '11,127,143', screen: '70,188,203' };
      await expect.poll(() => inksOn(page), PATIENCE).toContain(inks.screen);
      await viewer.locator('.u-legend').getByText('other').click();
      const expectInks = async (media: 'print' | 'screen') => {
        await expect.poll(() => inksOn(page), PATIENCE).toContain(inks[media]);
        expect(await inksOn(page)).not.toContain(inks[media === 'print' ? 'screen' : 'print']);
        expect(await viewer.locator('.u-legend .u-off').textContent()).toContain('other');
      };
      await page.emulateMedia({ media: 'print' });
      await expectInks('print');
      const chosen = await page.evaluate(`{
        const { color, backgroundColor } = getComputedStyle(document.querySelector('.mantine-Pill-root'));
        [color, backgroundColor];
      }`);
      expect(chosen).toEqual(['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)']);
      await page.emulateMedia({ media: 'screen' });
      await expectInks('screen');
      for (const [event, media] of [
        ['beforeprint', 'print'],
        ['afterprint', 'screen'],
      ] as const) {
        await page.evaluate(`dispatchEvent(new Event('${event}'))`);
        await expectInks(media);
      }
      expectQuiet(opened);
      await opened.close();
    });
  });

  test.each(looks)(
    'axe finds nothing serious: $name',
    { timeout: 180_000 },
    async ({ colorScheme, width }) => {
      const opened = await shown.open('fit.py', { colorScheme, width });
      const { page, viewer } = opened;
      for (const name of AXED) {
        await page.getByRole('link', { name, exact: true }).click();
        await viewer.getByRole('heading', { name }).waitFor();
        await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor({ state: 'detached' });
        await expectAccessible(page, VIEWER);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      expectQuiet(opened);
      await opened.close();
    },
  );
});
