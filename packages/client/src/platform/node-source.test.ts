import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { leftOut } from '../testing/left-out.ts';
import { openSource } from './node-source.ts';
import type { UploadSource } from './platform.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'aqueduct-source-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

describe('what is no regular file is refused at once', () => {
  const refusal = { facts: { code: 'LOCAL_FILE', reason: expect.stringContaining('is no regular file') } };

  test('a named pipe', async () => {
    const path = join(await folder(), 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(openSource(path)).rejects.toMatchObject(refusal);
  });

  test('a device', async () => {
    await expect(openSource('/dev/zero')).rejects.toMatchObject(refusal);
  });
});

test('a file that may not be read says so before anything is sent', async () => {
  const path = join(await folder(), 'secret');
  await writeFile(path, 'x', { mode: 0 });
  // Who is root may read it all the same.
  const isReadable = await readFile(path).then(
    () => true,
    () => false,
  );
  if (!isReadable) await expect(openSource(path)).rejects.toThrow(`${path} can not be read (EACCES`);
});

test.skipIf(leftOut(process.platform !== 'linux', 'a file that the system makes up', 'there is no /proc'))(
  'a file that the system makes up is read to its end',
  async () => {
    const { size, content, close } = await openSource('/proc/version');
    expect(size).toBeUndefined();
    expect(await buffer(content as AsyncIterable<Uint8Array>)).toEqual(await readFile('/proc/version'));
    close?.();
  },
);

test('a file is read whole though another takes its place', async () => {
  const path = join(await folder(), 'run.json');
  await writeFile(path, '{"run":1}');
  const { content, from, size, close } = await openSource(path);
  await writeFile(`${path}.new`, '{"run":2,"points":[1,2,3]}');
  await rename(`${path}.new`, path);
  expect(size).toBe(9);
  for (const bytes of [content, from?.(0)])
    expect((await buffer(bytes as AsyncIterable<Uint8Array>)).toString()).toBe('{"run":1}');
  close?.();
});

describe('a stream that was read', () => {
  const path = new URL(import.meta.url).pathname;

  test.each<[string, () => Promise<UploadSource>]>([
    [
      'a ReadableStream at its end',
      async () => {
        const stream = new Blob(['x']).stream();
        await Array.fromAsync(stream);
        return stream;
      },
    ],
    [
      'a ReadableStream that was read and left',
      async () => {
        const stream = new Blob(['x']).stream();
        const reader = stream.getReader();
        await reader.read();
        reader.releaseLock();
        return stream;
      },
    ],
    [
      'a ReadableStream that is being read',
      async () => {
        const stream = new Blob(['x']).stream();
        stream.getReader();
        return stream;
      },
    ],
    [
      'the body of an answer that was used',
      async () => {
        const answer = new Response('x');
        const { body } = answer;
        await answer.text();
        return body ?? '';
      },
    ],
    [
      "Node's stream at its end",
      async () => {
        const stream = createReadStream(path);
        await buffer(stream);
        return stream;
      },
    ],
    [
      "Node's stream that flows into another",
      async () => {
        const stream = createReadStream(path);
        stream.pipe(new PassThrough());
        return stream;
      },
    ],
    ["Node's stream whose bytes somebody hears", async () => createReadStream(path).on('data', () => {})],
    [
      'a generator that another upload has',
      async () => {
        const generator = Readable.from(['x'])
          .map((text) => text)
          [Symbol.asyncIterator]();
        await openSource(generator);
        return generator;
      },
    ],
  ])('is refused: %s', async (_what, make) => {
    const source = await make();
    await expect(openSource(source)).rejects.toMatchObject({
      facts: { code: 'LOCAL_FILE', reason: expect.stringContaining('The stream was read already') },
    });
  });

  test("gives its rest where it is Node's, and was not read to its end", async () => {
    const stream = Readable.from([Buffer.from('head'), Buffer.from('rest')]);
    await new Promise((resolve) => stream.once('readable', resolve));
    stream.read();
    const { content } = await openSource(stream);
    expect((await buffer(content as AsyncIterable<Uint8Array>)).toString()).toBe('rest');
  });

  test('gives all to the upload, too, where somebody begins to read it behind that', async () => {
    const stream = Readable.from([Buffer.from('head'), Buffer.from('rest')]);
    const { content } = await openSource(stream);
    const other = buffer(stream.pipe(new PassThrough()));
    expect((await buffer(content as AsyncIterable<Uint8Array>)).toString()).toBe('headrest');
    expect((await other).toString()).toBe('headrest');
  });
});
