import { createHash, randomBytes } from 'node:crypto';
import { appendFile, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { LocalStorage } from './local-storage.ts';
import type { Storage } from './storage.ts';

/** Every storage that takes parts; `open` opens the same one anew, as after a restart. */
const storages: Record<string, () => Promise<{ open(): Promise<Storage>; folder: string }>> = {
  'a data folder': async () => {
    const folder = await temporaryFolder();
    return { folder, open: () => LocalStorage.open(folder, 0) };
  },
};

const bytes = randomBytes(500_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const newId = () => randomBytes(16).toString('hex');

describe.each(Object.entries(storages))('parts in %s', (_, make) => {
  test('become one object, whatever pieces they came in', async () => {
    const storage = await (await make()).open();
    const id = newId();
    await storage.parts.begin(id, bytes.length);
    let end = 0;
    for (const length of [1, 0, 99_999, 250_000, 150_000]) end = await add(storage, id, end, length);
    expect(end).toBe(bytes.length);
    expect(await storage.parts.hash(id, end)).toBe(sha256);
    await keptAs(storage, id);
    expect(await Array.fromAsync(storage.parts.list())).toEqual([]);
  });

  test('go on after a restart, behind the last durable byte', async () => {
    const { open, folder } = await make();
    const id = newId();
    const before = await open();
    await before.parts.begin(id, bytes.length);
    await add(before, id, 0, 200_000);
    // What came after that was never acknowledged; a power cut may leave anything there.
    await appendFile(join(folder, 'objects/.parts', id), randomBytes(50_000));
    const storage = await open();
    expect(await storage.parts.sizeOf(id)).toBe(250_000);
    await add(storage, id, 200_000, 300_000);
    expect(await storage.parts.hash(id, bytes.length)).toBe(sha256);
    await keptAs(storage, id);
  });

  test('keep what came before their source broke', async () => {
    const storage = await (await make()).open();
    const id = newId();
    await storage.parts.begin(id, bytes.length);
    const broken = new Error('the line is cut');
    const ends: number[] = [];
    const onDurable = async (end: number) => void ends.push(end);
    const source = async function* () {
      yield copy(0, 123_456);
      throw broken;
    };
    const options = { maxBytes: bytes.length, onDurable };
    await expect(storage.parts.append(id, 0, source(), options)).rejects.toBe(broken);
    expect(ends).toEqual([123_456]);
    await add(storage, id, 123_456, bytes.length - 123_456);
    expect(await storage.parts.hash(id, bytes.length)).toBe(sha256);
  });

  test('tell of durable bytes along the way, and fail with who is told', async () => {
    const storage = await (await make()).open();
    const id = newId();
    await storage.parts.begin(id, 0);
    const ends: number[] = [];
    const chunk = randomBytes(1024 * 1024);
    const source = () => Readable.from(Array.from({ length: 150 }, () => Buffer.from(chunk)));
    const maxBytes = 1e9;
    await storage.parts.append(id, 0, source(), { maxBytes, onDurable: async (end) => void ends.push(end) });
    expect(ends.length).toBeGreaterThan(2);
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(ends.at(-1)).toBe(150 * chunk.length);
    const onDurable = () => Promise.reject(new Error('no row'));
    await expect(storage.parts.append(id, 0, source(), { maxBytes, onDurable })).rejects.toThrow();
  });

  test('are refused where their bytes are not all there, and beyond the bytes announced', async () => {
    const { open, folder } = await make();
    const storage = await open();
    const id = newId();
    await storage.parts.begin(id, bytes.length);
    await add(storage, id, 0, 1000);
    await truncate(join(folder, 'objects/.parts', id), 999);
    await expect(add(storage, id, 1000, 10)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const onDurable = async () => undefined;
    const tooMuch = storage.parts.append(id, 0, Readable.from([copy(0, 11)]), { maxBytes: 10, onDurable });
    await expect(tooMuch).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  test('that were removed meanwhile are said to be missing, whatever is asked of them', async () => {
    const { open } = await make();
    const id = newId();
    const before = await open();
    await before.parts.begin(id, 20);
    await add(before, id, 0, 10);
    const storage = await open();
    await before.parts.remove(id);
    await expect(add(storage, id, 10, 10)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(storage.parts.hash(id, 10)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(storage.parts.keep(id, storage.newKey())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await storage.parts.sizeOf(id)).toBeUndefined();
  });

  test('are not said to be missing while their disk is', async () => {
    const { open, folder } = await make();
    const id = newId();
    await (await open()).parts.begin(id, 20);
    const storage = await open();
    await add(storage, id, 0, 20);
    const away = join(folder, 'away');
    const unavailable = { code: 'UNAVAILABLE' };
    await rename(join(folder, 'objects/.parts'), away);
    await expect(storage.parts.begin(newId(), 1)).rejects.toMatchObject(unavailable);
    await expect(add(storage, id, 20, 10)).rejects.toMatchObject(unavailable);
    await expect(storage.parts.sizeOf(id)).rejects.toMatchObject(unavailable);
    await expect(LocalStorage.openExisting(folder, 0).parts.hash(id, 20)).rejects.toMatchObject(unavailable);
    await expect(storage.parts.keep(id, storage.newKey())).rejects.toMatchObject(unavailable);
    await rename(away, join(folder, 'objects/.parts'));
    await rename(join(folder, 'objects'), away);
    const key = storage.newKey();
    await expect(storage.parts.keep(id, key)).rejects.toMatchObject(unavailable);
    await rename(away, join(folder, 'objects'));
    await storage.parts.keep(id, key);
    expect(await storage.sizeOf(key)).toBe(20);
  });

  test('can be kept again when nobody knows whether they were, and be removed twice', async () => {
    const storage = await (await make()).open();
    const id = newId();
    await storage.parts.begin(id, 10);
    await add(storage, id, 0, 10);
    const key = storage.newKey();
    await storage.parts.keep(id, key);
    await storage.parts.keep(id, key);
    expect(await storage.sizeOf(key)).toBe(10);
    await storage.parts.remove(id);
    await storage.parts.remove(id);
    await expect(storage.parts.keep(newId(), storage.newKey())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('what lies among them and is none is not listed', async () => {
    const { open, folder } = await make();
    const storage = await open();
    await writeFile(join(folder, 'objects/.parts', 'notes.txt'), 'by hand');
    expect(await Array.fromAsync(storage.parts.list())).toEqual([]);
    expect(await readFile(join(folder, 'objects/.parts', 'notes.txt'), 'utf8')).toBe('by hand');
  });
});

/** Storages free the chunks that they take. */
function copy(from: number, to: number): Buffer {
  return Buffer.from(new Uint8Array(bytes.subarray(from, to)).buffer);
}

async function add(storage: Storage, id: string, offset: number, length: number): Promise<number> {
  const source = Readable.from(length > 0 ? [copy(offset, offset + length)] : []);
  const durable: number[] = [];
  const onDurable = async (end: number) => void durable.push(end);
  const end = await storage.parts.append(id, offset, source, { maxBytes: length, onDurable });
  expect(durable.at(-1)).toBe(end);
  return end;
}

async function keptAs(storage: Storage, id: string): Promise<void> {
  const key = storage.newKey();
  await storage.parts.keep(id, key);
  expect((await buffer(await storage.open(key))).equals(bytes)).toBe(true);
}
