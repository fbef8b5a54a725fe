import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  type Experiment,
  FileDownloadError,
  FileRemovalError,
  FileToUploadNotFoundError,
  FileUploadError,
  InvalidArgumentError,
  type Progress,
} from '@aqueduct/client';
import { leftOut, temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { useServer } from './test-api.ts';

const server = useServer({ AQUEDUCT_UPLOAD_MAX_BYTES: String(64 * 1024 * 1024) });
const make = (): Promise<Experiment> => server.api().createExperiment('files', '');
const names = async (experiment: Experiment) => (await experiment.files).map(({ name }) => name);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  return path;
}

describe('uploadFile takes', () => {
  const bytes = randomBytes(300_000);
  async function* generated() {
    for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000);
  }

  test.each<[string, () => Promise<Parameters<Experiment['uploadFile']>>, string]>([
    ['a path', async () => [await fileOf('path.bin', bytes)], 'path.bin'],
    ['a path and a name', async () => [await fileOf('path.bin', bytes), { name: 'other.bin' }], 'other.bin'],
    ['a file URL', async () => [pathToFileURL(await fileOf('ü %41.bin', bytes))], 'ü %41.bin'],
    ['a Blob', async () => [new Blob([bytes]), { name: 'blob.bin' }], 'blob.bin'],
    ['a File', async () => [new File([bytes], 'file.bin')], 'file.bin'],
    ['a ReadableStream', async () => [new Blob([bytes]).stream(), { name: 'web.bin' }], 'web.bin'],
    ["Node's Readable", async () => [Readable.from(generated()), { name: 'node.bin' }], 'node.bin'],
    ['an async generator', async () => [generated(), { name: 'generated.bin' }], 'generated.bin'],
    [
      'one huge chunk',
      async () => [
        (async function* () {
          yield bytes;
        })(),
        { name: 'huge.bin' },
      ],
      'huge.bin',
    ],
  ])('%s', async (_what, source, name) => {
    const experiment = await make();
    await experiment.uploadFile(...(await source()));
    expect(await experiment.files).toMatchObject([{ name, size: bytes.length, sha256: sha256(bytes) }]);
  });

  test('nothing at all', async () => {
    const experiment = await make();
    await experiment.uploadFile(await fileOf('empty.txt', new Uint8Array()));
    await experiment.uploadFile(new Blob([]), { name: 'empty blob.txt' });
    expect(await experiment.files).toMatchObject([{ size: 0 }, { size: 0 }]);
  });

  test.each(['Größe µ ΔΩ 😀.csv', '100%.txt', 'a%20b.txt', "it's #1 & 'more'.txt", 'x'.repeat(255)])(
    'the name %s',
    async (name) => {
      const experiment = await make();
      await experiment.uploadFile(new Blob(['x']), { name });
      expect(await names(experiment)).toEqual([name]);
      expect(await (await experiment.readFile(name)).text()).toBe('x');
      const folder = await temporaryFolder();
      await experiment.downloadFile(name, folder);
      expect(await readdir(folder)).toEqual([name]);
      await experiment.removeFiles([name]);
      expect(await names(experiment)).toEqual([]);
    },
  );
});

describe('uploadFile', () => {
  test('replaces a file of that name', async () => {
    const experiment = await make();
    await experiment.uploadFile(new Blob(['old']), { name: 'a.txt' });
    await experiment.uploadFile(new Blob(['new']), { name: 'a.txt' });
    expect(await (await experiment.readFile('a.txt')).text()).toBe('new');
    expect(await names(experiment)).toEqual(['a.txt']);
  });

  test('reports its progress', async () => {
    const experiment = await make();
    const path = await fileOf('a.bin', randomBytes(1_000_000));
    const seen: Progress[] = [];
    await experiment.uploadFile(path, { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.map(({ bytes }) => bytes)).toEqual(seen.map(({ bytes }) => bytes).toSorted((a, b) => a - b));
    expect(seen.at(-1)).toEqual({ bytes: 1_000_000, total: 1_000_000 });
  });

  test('of a stream has no total, and what a callback throws ends it', async () => {
    const experiment = await make();
    const thrown = new Error('stop here');
    const stream = new Blob([randomBytes(500_000)]).stream();
    const onProgress = ({ bytes, total }: Progress) => {
      expect(total).toBeUndefined();
      if (bytes > 100_000) throw thrown;
    };
    await expect(experiment.uploadFile(stream, { name: 'a', onProgress })).rejects.toBe(thrown);
    expect(await names(experiment)).toEqual([]);
  });

  test('waits for a stream that is slower than the timeout', async () => {
    const experiment = await server.api({ timeout: 0.5 }).createExperiment('slow', '');
    async function* slow() {
      for (const part of ['a', 'b']) {
        yield new TextEncoder().encode(part);
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
    await experiment.uploadFile(slow(), { name: 'slow.txt' });
    expect(await (await experiment.readFile('slow.txt')).text()).toBe('ab');
  });

  test('can be aborted on its way, and leaves nothing', async () => {
    const experiment = await make();
    const controller = new AbortController();
    const reason = new Error('enough');
    async function* endless() {
      for (;;) yield randomBytes(65_536);
    }
    const onProgress = ({ bytes }: Progress) => void (bytes > 1_000_000 && controller.abort(reason));
    const { signal } = controller;
    await expect(experiment.uploadFile(endless(), { name: 'a', onProgress, signal })).rejects.toBe(reason);
    expect(await names(experiment)).toEqual([]);
  });

  test('names a path where no file is', async () => {
    const experiment = await make();
    const folder = await temporaryFolder();
    const missing = join(folder, 'missing.csv');
    await expect(experiment.uploadFile(missing)).rejects.toBeInstanceOf(FileToUploadNotFoundError);
    await expect(experiment.uploadFile(missing)).rejects.toThrow(missing);
    await expect(experiment.uploadFile(folder)).rejects.toThrow('is a folder, no file');
  });

  test('refuses a stream that was read already, as often as it is tried', async () => {
    const experiment = await make();
    const stream = new Blob(['once']).stream();
    await experiment.uploadFile(stream, { name: 'a' });
    const readable = Readable.from([Buffer.from('once')]);
    await experiment.uploadFile(readable, { name: 'b' });
    for (const used of [stream, readable])
      await expect(experiment.uploadFile(used, { name: 'c' })).rejects.toMatchObject({
        name: 'FileUploadError',
        code: 'LOCAL_FILE',
        reason: expect.stringContaining('The stream was read already'),
      });
    expect((await experiment.files).map(({ name, size }) => [name, size]).sort()).toEqual([
      ['a', 4],
      ['b', 4],
    ]);
  });

  test('refuses a named pipe at once', async () => {
    const experiment = await make();
    const path = join(await temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(experiment.uploadFile(path)).rejects.toMatchObject({
      name: 'FileUploadError',
      code: 'LOCAL_FILE',
      reason: `${path} is no regular file. Give a stream of it and a name.`,
    });
  });

  test.skipIf(leftOut(process.platform !== 'linux', 'a file that the system makes up', 'there is no /proc'))(
    'takes all of a file that says it is empty',
    async () => {
      const experiment = await make();
      await experiment.uploadFile('/proc/version');
      expect(await (await experiment.readFile('version')).text()).toBe(
        await readFile('/proc/version', 'utf8'),
      );
    },
  );

  test('a stream that fails or gives no bytes fails it', async () => {
    const experiment = await make();
    const cause = new Error('detector gone');
    async function* failing() {
      yield randomBytes(10);
      throw cause;
    }
    await expect(experiment.uploadFile(failing(), { name: 'a' })).rejects.toMatchObject({
      name: 'FileUploadError',
      code: 'LOCAL_FILE',
      cause,
    });
    const texts = Readable.from(['a', 'b']) as AsyncIterable<Uint8Array>;
    await expect(experiment.uploadFile(texts, { name: 'a' })).rejects.toBeInstanceOf(InvalidArgumentError);
    expect(await names(experiment)).toEqual([]);
  });

  test('beyond the limit of the server is told in its words', async () => {
    const experiment = await make();
    for (const source of [
      new Blob([randomBytes(70 * 1024 * 1024)]),
      new Blob([randomBytes(70 * 1024 * 1024)]).stream(),
    ]) {
      const upload = experiment.uploadFile(source, { name: 'big.bin' });
      await expect(upload).rejects.toBeInstanceOf(FileUploadError);
      await expect(upload).rejects.toMatchObject({ status: 413, code: 'TOO_LARGE' });
      await expect(upload).rejects.toThrow('Maximum file size limit (67108864 bytes) exceeded.');
    }
    expect(await names(experiment)).toEqual([]);
  });

  test('to an experiment that is gone says so', async () => {
    const experiment = await make();
    await server.api().removeExperimentByEid(experiment.eid);
    await expect(experiment.uploadFile(new Blob(['x']), { name: 'a.txt' })).rejects.toMatchObject({
      name: 'FileUploadError',
      code: 'NOT_FOUND',
      reason: 'The specified experiment was not found.',
    });
  });
});

describe('downloadFile', () => {
  test('gives the same bytes, reports its progress and says where they are', async () => {
    const experiment = await make();
    const bytes = randomBytes(2_000_000);
    await experiment.uploadFile(await fileOf('a.bin', bytes));
    const folder = await temporaryFolder();
    const seen: Progress[] = [];
    const path = await experiment.downloadFile('a.bin', folder, {
      onProgress: (progress) => seen.push(progress),
    });
    expect(path).toBe(join(folder, 'a.bin'));
    expect(sha256(await readFile(path))).toBe(sha256(bytes));
    expect(seen.at(-1)).toEqual({ bytes: bytes.length, total: bytes.length });
    expect(seen.length).toBeGreaterThan(1);
  });

  test('replaces a file that is there', async () => {
    const experiment = await make();
    await experiment.uploadFile(new Blob(['new']), { name: 'a.txt' });
    const path = await fileOf('a.txt', Buffer.from('old and longer'));
    await experiment.downloadFile('a.txt', join(path, '..'));
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  test('leaves nothing when it is aborted, and a file that is there as it is', async () => {
    const experiment = await make();
    await experiment.uploadFile(new Blob([randomBytes(5_000_000)]), { name: 'a.bin' });
    const path = await fileOf('a.bin', Buffer.from('old'));
    const folder = join(path, '..');
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = () => controller.abort(reason);
    await expect(
      experiment.downloadFile('a.bin', folder, { onProgress, signal: controller.signal }),
    ).rejects.toBe(reason);
    const thrown = new Error('no more');
    const throwing = () => {
      throw thrown;
    };
    await expect(experiment.downloadFile('a.bin', folder, { onProgress: throwing })).rejects.toBe(thrown);
    const rejecting = () => Promise.reject(thrown);
    await expect(experiment.downloadFile('a.bin', folder, { onProgress: rejecting })).rejects.toBe(thrown);
    expect(await readdir(folder)).toEqual([basename(path)]);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  test('says when there is no such file or folder', async () => {
    const experiment = await make();
    const folder = await temporaryFolder();
    const missing = experiment.downloadFile('missing.txt', folder);
    await expect(missing).rejects.toBeInstanceOf(FileDownloadError);
    await expect(missing).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'The requested file is not found.',
    });
    await experiment.uploadFile(new Blob(['x']), { name: 'a.txt' });
    await expect(experiment.downloadFile('a.txt', join(folder, 'none'))).rejects.toThrow(
      'Make the folder first.',
    );
    await mkdir(join(folder, 'a.txt'));
    await expect(experiment.downloadFile('a.txt', folder)).rejects.toMatchObject({ code: 'LOCAL_FILE' });
    expect(await readdir(folder)).toEqual(['a.txt']);
  });
});

test('readFile gives a Blob of the right type', async () => {
  const experiment = await make();
  await experiment.uploadFile(new Blob(['{"a": 1}']), { name: 'a.json' });
  const blob = await experiment.readFile('a.json');
  expect(blob.type).toBe('application/json');
  expect(JSON.parse(await blob.text())).toEqual({ a: 1 });
  await expect(experiment.readFile('b.json')).rejects.toBeInstanceOf(FileDownloadError);
});

test('removeFiles removes all or none', async () => {
  const experiment = await make();
  for (const name of ['a', 'b', 'c']) await experiment.uploadFile(new Blob(['x']), { name });
  const failing = experiment.removeFiles(['a', 'missing']);
  await expect(failing).rejects.toBeInstanceOf(FileRemovalError);
  await expect(failing).rejects.toMatchObject({ code: 'CONFLICT', reason: 'File(s) not found - missing' });
  expect(await names(experiment)).toEqual(['a', 'b', 'c']);
  await experiment.removeFiles(['a', 'c']);
  expect(await names(experiment)).toEqual(['b']);
});
