import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { asAqueductError } from '../errors/as-aqueduct-error.ts';
import { codeOf } from './code-of.ts';
import { FolderSync } from './folder-sync.ts';
import { FreeSpace } from './free-space.ts';
import { receiveInto } from './incoming-file.ts';
import { ObjectStream } from './object-stream.ts';
import { readableLinks } from './readable-links.ts';
import type {
  ByteRange,
  ListedObject,
  PutOptions,
  ReadableObjects,
  Storage,
  StoredObject,
} from './storage.ts';

const READ_ONLY = 0o444;
const KEY = /^\d{8}\/[0-9a-f]{32}$/;
/** Names the databases that had their objects here, one a line. */
const DATABASES = 'databases';

/**
 * Objects on a local disk: written under a temporary name in `incoming/`, synced, and moved to `objects/<key>`, where
 * they lie read-only. Keys are `YYYYMMDD/<32 hex>`, so that what a day brought lies in one folder.
 */
export class LocalStorage implements Storage {
  readonly readable: ReadableObjects = readableLinks(
    (key) => this.#pathOf(key),
    () => this.#temporaryName(),
  );
  readonly #objects: string;
  readonly #incoming: string;
  readonly #space: FreeSpace;
  readonly #folders = new FolderSync();
  readonly #made = new Set<string>();
  /** Tells what this process stores from what others and earlier starts did. */
  readonly #boot = randomBytes(6).toString('hex');
  #names = 0;

  private constructor(dataDir: string, reserveBytes: number) {
    this.#objects = join(dataDir, 'objects');
    this.#incoming = join(dataDir, 'incoming');
    this.#space = new FreeSpace(this.#incoming, reserveBytes);
  }

  /** @param reserveBytes - Space on the disk that uploads leave free. */
  static async open(dataDir: string, reserveBytes: number): Promise<LocalStorage> {
    const storage = new LocalStorage(dataDir, reserveBytes);
    await mkdir(storage.#objects, { recursive: true });
    await mkdir(storage.#incoming, { recursive: true });
    return storage;
  }

  async put(
    source: AsyncIterable<Uint8Array>,
    { maxBytes = Number.MAX_SAFE_INTEGER, signal }: PutOptions = {},
  ): Promise<StoredObject> {
    const temporary = this.#temporaryName();
    const key = `${dayOf(new Date())}/${this.#boot}${randomBytes(10).toString('hex')}`;
    const path = this.#pathOf(key);
    const onMilestone = () => this.#space.require();
    let handle: Awaited<ReturnType<typeof open>> | undefined;
    try {
      await this.#space.require();
      handle = await open(temporary, 'wx', READ_ONLY);
      const received = await receiveInto(handle, source, { maxBytes, signal, onMilestone });
      await handle.close();
      handle = undefined;
      await this.#makeFolder(dirname(path));
      await rename(temporary, path);
      await this.#folders.sync(dirname(path));
      return { key, ...received };
    } catch (error) {
      await handle?.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
      await rm(path, { force: true }).catch(() => undefined);
      this.#made.delete(dirname(path));
      signal?.throwIfAborted();
      throw asAqueductError(error);
    }
  }

  async open(key: string, range?: ByteRange): Promise<ObjectStream> {
    const path = this.#pathOf(key);
    try {
      const part = range ?? { start: 0, end: (await stat(path)).size - 1 };
      return new ObjectStream(await open(path, 'r'), part);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw asAqueductError(error);
      const message = 'The bytes of this file are missing on the disk of the server.';
      throw new AqueductError('UNAVAILABLE', message, { cause: error });
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  async has(key: string): Promise<boolean> {
    return stat(this.#pathOf(key)).then(
      () => true,
      (error: unknown) => {
        if (codeOf(error) === 'ENOENT') return false;
        throw asAqueductError(error);
      },
    );
  }

  async *list({ since = '' }: { since?: string } = {}): AsyncIterable<ListedObject> {
    for (const day of (await readdir(this.#objects)).toSorted()) {
      if (!/^\d{8}$/.test(day) || day < since) continue;
      for (const name of await readdir(join(this.#objects, day))) {
        const key = `${day}/${name}`;
        const found = KEY.test(key) ? await stat(this.#pathOf(key)).catch(() => undefined) : undefined;
        if (found) yield { key, storedAt: found.ctimeMs, isOwn: name.startsWith(this.#boot) };
      }
    }
  }

  async check(): Promise<void> {
    const path = this.#temporaryName();
    try {
      await (await open(path, 'wx')).close();
    } catch (error) {
      throw asAqueductError(error);
    } finally {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }

  /**
   * Notes that a database has its objects here.
   *
   * @returns whether it is the only one that ever had; else objects that it does not know may be another's.
   */
  async claimFor(databaseId: string): Promise<boolean> {
    const path = join(dirname(this.#objects), DATABASES);
    const known = await readFile(path, 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return '';
      throw error;
    });
    const ids = new Set(known.split('\n').filter((line) => line !== ''));
    if (!ids.has(databaseId)) await appendFile(path, `${databaseId}\n`, { flush: true });
    return ids.add(databaseId).size === 1;
  }

  /** Removes what earlier starts left half-written; other processes' fresh files are left to them. */
  async removeLeftovers(olderThanMs: number): Promise<number> {
    let removed = 0;
    for (const name of await readdir(this.#incoming)) {
      if (name.startsWith(this.#boot)) continue;
      const path = join(this.#incoming, name);
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile() || Date.now() - found.ctimeMs < olderThanMs) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#made.has(folder)) return;
    await mkdir(folder, { recursive: true });
    await this.#folders.sync(this.#objects);
    this.#made.add(folder);
  }

  #temporaryName(): string {
    this.#names += 1;
    return join(this.#incoming, `${this.#boot}-${this.#names}`);
  }

  #pathOf(key: string): string {
    if (!KEY.test(key)) throw new Error(`Not the key of an object: ${key}`);
    return join(this.#objects, key);
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}
