import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSource } from '../platform/node-source.ts';
import { openBlob } from '../platform/open-blob.ts';
import type { SeekableSource } from '../platform/platform.ts';
import { sampleOf } from './sample-of.ts';

const { signal } = new AbortController();
const sample = (bytes: Uint8Array<ArrayBuffer>) => sampleOf(openBlob(new Blob([bytes])), signal);

test.each([1, 1000, 65_536, 65_537, 5_000_000])(
  'the first, middle and last of %i bytes count',
  async (size) => {
    const bytes = new Uint8Array(size).fill(1);
    const before = await sample(bytes);
    expect(await sample(bytes)).toBe(before);
    for (const at of [0, Math.floor(size / 15) * 7, size - 1]) {
      expect(await sample(bytes.with(at, 2))).not.toBe(before);
    }
  },
);

test('a path has the sample that a Blob of its bytes has', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aqueduct-sample-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const bytes = crypto.getRandomValues(new Uint8Array(65_536));
  const path = join(folder, 'a.bin');
  await writeFile(path, [bytes, bytes, bytes]);
  const ofPath = await sampleOf((await openSource(path)) as SeekableSource, signal);
  expect(ofPath).toBe(await sampleOf(openBlob(new Blob([bytes, bytes, bytes])), signal));
});
