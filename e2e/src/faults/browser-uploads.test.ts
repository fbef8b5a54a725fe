import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@aqueduct/server/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { startChromium } from '../chromium.ts';
import { startCuttingProxy } from '../client/cutting-proxy.ts';
import { create } from '../graphql-client.ts';
import { startServer } from '../start-server.ts';
import { makeLargeFile, sha256OfStream } from '../uploads/large-file.ts';
import { openPage } from '../web/open-page.ts';
import { isFull } from './how-often.ts';

const MEBIBYTE = 1024 * 1024;
const SIZE = (isFull ? 2048 : 160) * MEBIBYTE;
/** What lies in the buffers of a connection that is cut. */
const IN_FLIGHT = 16 * MEBIBYTE;
const LONGEST_MS = 900_000;
const PATIENCE_MS = 60_000;
/** In which a page looks at least once for what is unfinished. */
const SECONDS_OF_LOOKS = 8;
/** From 64 MiB on files go in pieces. */
const DROPPED = 64 * MEBIBYTE;

const browser = await startChromium();
if (typeof browser === 'string') console.warn(`Uploads of the browser are not tried: ${browser}`);

afterAll(async () => {
  if (typeof browser !== 'string') await browser.close();
});

describe.skipIf(typeof browser === 'string')(`${SIZE / MEBIBYTE} MiB from the browser`, () => {
  test('go on after a reload and after the server could not be reached; only their last part goes twice', {
    timeout: 2 * LONGEST_MS,
  }, async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'large.bin');
    await makeLargeFile(path, SIZE);
    const { server, proxy, page, uuid, passed } = await prepare();

    await choose(page, 'Upload', path);
    await passed(SIZE / 3);
    await page.reload();
    await page.getByText('An upload is unfinished.').waitFor();
    await page.getByText(/\d+ % of .* are there/).waitFor();
    await choose(page, 'Choose large.bin again to go on', path);
    await passed((SIZE * 2) / 3);
    proxy.setDown(true);
    await page.getByText('waits for the server').waitFor();
    proxy.setDown(false);

    await page.getByText('1 of 1 uploaded').waitFor({ timeout: LONGEST_MS });
    const download = await fetch(`${server.url}/api/files/${uuid}/large.bin`);
    expect(await sha256OfStream(download.body)).toBe(await sha256OfStream(createReadStream(path)));
    const twice = proxy.received() - SIZE;
    console.log(`${(twice / MEBIBYTE).toFixed(1)} MiB of ${SIZE / MEBIBYTE} MiB were sent twice`);
    expect(twice).toBeLessThan(2 * IN_FLIGHT);
  });

  test('go on when the same file is dropped, not with another one, and can be discarded', {
    timeout: LONGEST_MS,
  }, async () => {
    const { server, proxy, page, uuid, passed } = await prepare();
    const breakOff = async () => {
      await dropLarge(page);
      await passed(proxy.received() + 10 * MEBIBYTE);
      await page.reload();
      await page.getByText('An upload is unfinished.').waitFor();
    };
    await breakOff();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose dropped.bin again to go on' }).click();
    await (await chooser).setFiles([{ name: 'other.bin', mimeType: '', buffer: Buffer.alloc(10) }]);
    await page.getByText('“other.bin” is not the file that was being uploaded').waitFor();
    await dropLarge(page);
    await page.getByText('1 of 1 uploaded').waitFor({ timeout: LONGEST_MS });
    expect(proxy.offsets()).toEqual([0, expect.any(Number)]);
    expect(proxy.offsets()[1]).toBeGreaterThan(0);
    const download = await fetch(`${server.url}/api/files/${uuid}/dropped.bin`);
    expect(await sha256OfStream(download.body)).toBe(
      createHash('sha256').update(new Uint8Array(DROPPED).fill(7)).digest('hex'),
    );

    const direct = await fetch(`${server.url}/api/files/${uuid}/delete_files`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ file_list: ['dropped.bin'] }),
    });
    expect(direct.status).toBe(200);
    await page.getByText('No files yet').waitFor();
    await breakOff();
    await page.getByRole('button', { name: 'Discard the upload of dropped.bin' }).click();
    await page.getByText('An upload is unfinished.').waitFor({ state: 'detached' });
    expect(await readdir(join(server.dataDir, 'objects/.parts'))).toEqual([]);
  });
});

describe.skipIf(typeof browser === 'string')('what one page sends', () => {
  test('is unfinished for another page once the first has crashed, and not before', async () => {
    const { page, passed } = await prepare();
    const devtools = await page.context().newCDPSession(page);
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: DROPPED / 60 };
    await devtools.send('Network.emulateNetworkConditions', slow);
    await dropLarge(page);
    await passed(MEBIBYTE);

    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByText('No files yet').waitFor();
    const notice = other.getByText('An upload is unfinished.');
    for (let second = 0; second < SECONDS_OF_LOOKS; second += 1) {
      expect(await notice.count()).toBe(0);
      await other.waitForTimeout(1000);
    }
    await expect(page.getByText('Uploading: 0 of 1 done').count()).resolves.toBe(1);

    const crashed = page.waitForEvent('crash');
    await page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await notice.waitFor({ timeout: 20_000 });
  });
});

async function prepare() {
  const server = await startServer();
  onTestFinished(async () => void (await server.stop('SIGKILL')));
  const proxy = await startCuttingProxy(server.url);
  onTestFinished(() => proxy.close());
  const { uuid, eid } = await create(server.url, 'from the browser');
  const { page, close } = await openPage(browser as Browser, `${proxy.url}/aqd/experiments/${eid}`);
  onTestFinished(close);
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.getByText('No files yet').waitFor();
  const passed = async (bytes: number) => {
    while (proxy.received() < bytes) await page.waitForTimeout(5);
  };
  return { server, proxy, page, uuid, passed };
}

/** Always the same file, as far as a page can tell. */
async function dropLarge(page: Page): Promise<void> {
  await page.evaluate(`{
    const dataTransfer = new DataTransfer();
    const bytes = new Uint8Array(${DROPPED}).fill(7);
    dataTransfer.items.add(new File([bytes], 'dropped.bin', { lastModified: 1e12 }));
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }`);
}

async function choose(page: Page, button: string, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await chooser).setFiles(path);
}
