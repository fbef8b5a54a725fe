import { randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { ObjectStream } from './object-stream.ts';

const BYTES = randomBytes(9_000_001);

async function openObject(start = 0, end = BYTES.length - 1): Promise<ObjectStream> {
  const path = join(await temporaryFolder(), 'object');
  await writeFile(path, BYTES);
  return new ObjectStream(await open(path, 'r'), { start, end });
}

describe('the bytes of an object', () => {
  test('come right, whether their memory is given back or kept', async () => {
    const kept = await (await openObject(1, 8_500_000)).toArray();
    expect(Buffer.concat(kept).equals(BYTES.subarray(1, 8_500_001))).toBe(true);

    const copied: Buffer[] = [];
    const memory = new Set<ArrayBufferLike>();
    const stream = await openObject();
    for await (const chunk of stream as AsyncIterable<Buffer<ArrayBuffer>>) {
      copied.push(Buffer.from(chunk));
      memory.add(chunk.buffer);
      stream.giveBack(chunk);
    }
    expect(Buffer.concat(copied).equals(BYTES)).toBe(true);
    expect(memory.size).toBeLessThan(kept.length / 2);
  });

  test('fail where the file is shorter than its record says', async () => {
    await expect((await openObject(0, BYTES.length)).toArray()).rejects.toThrow('shorter than its record');
  });
});
