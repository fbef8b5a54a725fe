import { createHash, randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { receiveInto } from './incoming-file.ts';

test('chunks arrive whole and in order, whatever memory they share', async () => {
  const shared = randomBytes(300_000);
  const chunks = Array.from({ length: 40 }, (_, i) => {
    if (i % 4 === 0) return new Uint8Array(randomBytes(65_536));
    // From the pool of small buffers, and two parts of one buffer.
    if (i % 4 === 1) return randomBytes(7);
    return i % 4 === 2 ? shared.subarray(0, 100_000) : shared.subarray(100_000);
  });
  const bytes = Buffer.concat(chunks);
  const path = join(await temporaryFolder(), 'received');
  const handle = await open(path, 'wx');
  const received = await receiveInto(
    handle,
    (async function* () {
      yield* chunks;
    })(),
    { maxBytes: bytes.length, onMilestone: async () => undefined },
  );
  await handle.close();
  expect(received).toEqual({ size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect(shared).toHaveLength(300_000);
});
