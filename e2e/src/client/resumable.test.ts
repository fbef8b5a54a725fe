import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { API, type Experiment } from '@aqueduct/client';
import { temporaryFolder } from '@aqueduct/server/testing';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startCuttingProxy } from './cutting-proxy.ts';
import { useServer } from './test-api.ts';

const MEGABYTE = 1024 * 1024;
const bytes = randomBytes(20 * MEGABYTE);
const sha256 = createHash('sha256').update(bytes).digest('hex');
/** The machine may be busy: what is asked for here is not how fast it answers. */
const timeout = 20;

describe('an upload that can be resumed', () => {
  const { url } = useServer();
  let folder = '';
  beforeAll(async () => {
    folder = await temporaryFolder();
    process.env.XDG_STATE_HOME = await temporaryFolder();
  });

  async function prepare() {
    const proxy = await startCuttingProxy(url());
    onTestFinished(() => proxy.close());
    const experiment = await new API(proxy.url, { timeout }).createExperiment('x', '');
    const path = join(folder, 'data.bin');
    await writeFile(path, bytes);
    const stored = async () => (await experiment.files).map((file) => [file.name, file.sha256]);
    return { proxy, experiment, path, stored };
  }

  /** Breaks off an upload of which the server has a part. */
  async function breakOff(experiment: Experiment, file: string | File, at: number): Promise<void> {
    const stop = new AbortController();
    const onProgress = (progress: { bytes: number }) => progress.bytes > at && stop.abort('enough');
    const upload = experiment.uploadFile(file, { resumableFrom: 1, signal: stop.signal, onProgress });
    await expect(upload).rejects.toBe('enough');
  }

  const writeEntry = (state: string, entry: object) => writeFile(state, JSON.stringify(entry));
  const remembered = () =>
    readdir(join(process.env.XDG_STATE_HOME ?? '', 'aqueduct', 'uploads')).catch(() => []);

  test('goes on by itself when the connection breaks, from where the server is', async () => {
    const { proxy, experiment, path, stored } = await prepare();
    const seen: number[] = [];
    proxy.cutAfter(6 * MEGABYTE, 2);
    await experiment.uploadFile(path, {
      resumableFrom: 1,
      onProgress({ bytes: at, total }) {
        expect(total).toBe(bytes.length);
        seen.push(at);
      },
    });
    expect(await stored()).toEqual([['data.bin', sha256]]);
    expect(seen.at(-1)).toBe(bytes.length);
    const offsets = proxy.offsets();
    expect(offsets).toHaveLength(3);
    expect(offsets[0]).toBe(0);
    expect(offsets[2]).toBeGreaterThan(0);
    expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
    expect(await remembered()).toEqual([]);
  });

  test('goes on in the next call, for the same file only', async () => {
    const { proxy, experiment, path, stored } = await prepare();
    const half = async () => {
      await breakOff(experiment, path, 15 * MEGABYTE);
      expect(await remembered()).toHaveLength(1);
    };
    await half();
    await experiment.uploadFile(path, { resumableFrom: 1 });
    const [first, second = 0, ...more] = proxy.offsets();
    expect([first, more]).toEqual([0, []]);
    expect(second).toBeGreaterThan(0);
    expect(await stored()).toEqual([['data.bin', sha256]]);

    await half();
    await utimes(path, new Date(), new Date(Date.now() + 5000));
    await experiment.uploadFile(path, { resumableFrom: 1 });
    expect(proxy.offsets().slice(2)).toEqual([0, 0]);
  });

  test.each(['path', 'File'])(
    'another file of the same name, size and time begins anew: %s',
    async (kind) => {
      const { proxy, experiment, path, stored } = await prepare();
      // As an archive makes them. The ends are the same, too.
      const time = new Date(1000);
      const other = Buffer.from(bytes).fill(0, 10 * MEGABYTE, 12 * MEGABYTE);
      const fileOf = async (content: Buffer<ArrayBuffer>) => {
        if (kind === 'File') return new File([content], 'data.bin', { lastModified: time.getTime() });
        await writeFile(path, content);
        await utimes(path, time, time);
        return path;
      };
      await breakOff(experiment, await fileOf(bytes), 18 * MEGABYTE);
      await experiment.uploadFile(await fileOf(other), { resumableFrom: 1 });
      expect(await stored()).toEqual([['data.bin', createHash('sha256').update(other).digest('hex')]]);
      expect(proxy.offsets()).toEqual([0, 0]);
    },
  );

  test('takes Blobs, and what is empty', async () => {
    const { experiment, stored } = await prepare();
    await experiment.uploadFile(new Blob([bytes]), { name: 'blob.bin', resumableFrom: 1 });
    await experiment.uploadFile(new Blob([]), { name: 'empty', resumableFrom: 0 });
    expect(await stored()).toEqual([
      ['blob.bin', sha256],
      ['empty', createHash('sha256').digest('hex')],
    ]);
  });

  const discard = async (entry: { address: string }) => {
    const headers = { 'tus-resumable': '1.0.0' };
    expect((await fetch(entry.address, { method: 'DELETE', headers })).status).toBe(204);
  };

  test.each<[what: string, spoil: (entry: { address: string }, state: string) => Promise<void>]>([
    ['the server has discarded it', discard],
    ['its address was made none', (entry, state) => writeEntry(state, { ...entry, address: 'none' })],
    [
      'its address was made that of another server',
      (entry, state) => writeEntry(state, { ...entry, address: 'http://127.0.0.1:9/api/uploads/1' }),
    ],
  ])('begins anew where %s', async (_, spoil) => {
    const { proxy, experiment, path, stored } = await prepare();
    // Without what is spoiled, it would go on there.
    await breakOff(experiment, path, 15 * MEGABYTE);
    const uploads = join(process.env.XDG_STATE_HOME ?? '', 'aqueduct', 'uploads');
    for (const name of await readdir(uploads)) {
      const state = join(uploads, name);
      const entry = JSON.parse(await readFile(state, 'utf8'));
      if (entry.server.startsWith(proxy.url)) await spoil(entry, state);
    }
    await experiment.uploadFile(path, { resumableFrom: 1 });
    expect(await stored()).toEqual([['data.bin', sha256]]);
    expect(proxy.offsets()).toEqual([0, 0]);
  });

  test('ends with what its callback rejects', async () => {
    const { experiment } = await prepare();
    const failed = new Error('the disk of my log is full');
    const options = { name: 'a', resumableFrom: 1, onProgress: () => Promise.reject(failed) };
    await expect(experiment.uploadFile(new Blob(['x']), options)).rejects.toBe(failed);
  });

  test('is refused as others are, and gives up a server that stays away', async () => {
    const { proxy, experiment, path } = await prepare();
    await expect(experiment.uploadFile(path, { retryFor: -1 })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    const lost = experiment.uploadFile(path, {
      resumableFrom: 1,
      retryFor: 1,
      onProgress: () => proxy.close(),
    });
    await expect(lost).rejects.toMatchObject({ name: 'FileUploadError', code: 'UNREACHABLE' });
    const api = new API(url(), { timeout });
    const direct = await api.getExperimentByUuid(experiment.uuid);
    await api.removeExperimentByEid(experiment.eid);
    await expect(direct.uploadFile(path, { resumableFrom: 1 })).rejects.toMatchObject({
      name: 'FileUploadError',
      code: 'NOT_FOUND',
      reason: 'The specified experiment was not found.',
    });
  });
});
