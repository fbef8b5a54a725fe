import { randomBytes } from 'node:crypto';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { asAqueductError } from '../errors/as-aqueduct-error.ts';
import { FolderSync } from './folder-sync.ts';
import { receiveInto } from './incoming-file.ts';
import type { ByteRange, ReadableObjects, Storage, StoredObject } from './storage.ts';

const READ_ONLY = 0o444;
const READ_AHEAD = 512 * 1024;
/** Codes that say "not by a hard link": another disk, or a disk that has none. */
const UNLINKABLE = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
const KEY = /^\d{8}\/[0-9a-f]{32}$/;

/**
 * Objects on a local disk: written under a temporary name in `incoming/`, synced, and moved to `objects/<key>`, where
 * they lie read-only. Keys are `YYYYMMDD/<32 hex>`, so that what a day brought lies in one folder.
 */
export class LocalStorage implements Storage {
  readonly readable: ReadableObjects = {
    publish: (key, path) => this.#publish(key, path),
    shows: (path, key) => this.#shows(path, key),
  };
  readonly #objects: string;
  readonly #incoming: string;
  readonly #reserveBytes: number;
  readonly #folders = new FolderSync();
  readonly #made = new Set<string>();
  /** Tells our temporary files from those of other processes and of earlier starts. */
  readonly #boot = randomBytes(6).toString('hex');
  #names = 0;

  private constructor(dataDir: string, reserveBytes: number) {
    this.#objects = join(dataDir, 'objects');
    this.#incoming = join(dataDir, 'incoming');
    this.#reserveBytes = reserveBytes;
  }

  /** @param reserveBytes - Space on the disk that uploads leave free. */
  static async open(dataDir: string, reserveBytes: number): Promise<LocalStorage> {
    const storage = new LocalStorage(dataDir, reserveBytes);
    await mkdir(storage.#objects, { recursive: true });
    await mkdir(storage.#incoming, { recursive: true });
    return storage;
  }

  async put(source: AsyncIterable<Uint8Array>, options: { maxBytes?: number } = {}): Promise<StoredObject> {
    await this.#requireSpace();
    const temporary = this.#temporaryName();
    const key = `${dayOf(new Date())}/${randomBytes(16).toString('hex')}`;
    try {
      const handle = await open(temporary, 'wx', READ_ONLY);
      const received = await receiveInto(handle, source, options.maxBytes ?? Number.MAX_SAFE_INTEGER).finally(
        () => handle.close(),
      );
      const path = this.#pathOf(key);
      await this.#makeFolder(dirname(path));
      await rename(temporary, path);
      await this.#folders.sync(dirname(path));
      return { key, ...received };
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      await rm(this.#pathOf(key), { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async open(key: string, range?: ByteRange) {
    try {
      const handle = await open(this.#pathOf(key), 'r');
      return handle.createReadStream({ highWaterMark: READ_AHEAD, ...range });
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw asAqueductError(error);
      throw new AqueductError(
        'UNAVAILABLE',
        'The bytes of this file are missing on the disk of the server.',
        {
          cause: error,
        },
      );
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  async *list({ since = '' }: { since?: string } = {}): AsyncIterable<{ key: string; storedAt: number }> {
    for (const day of (await readdir(this.#objects)).toSorted()) {
      if (!/^\d{8}$/.test(day) || day < since) continue;
      for (const name of await readdir(join(this.#objects, day))) {
        const key = `${day}/${name}`;
        const found = KEY.test(key) ? await stat(this.#pathOf(key)).catch(() => undefined) : undefined;
        if (found) yield { key, storedAt: found.ctimeMs };
      }
    }
  }

  async check(): Promise<void> {
    const path = this.#temporaryName();
    try {
      await (await open(path, 'wx')).close();
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Removes what earlier starts left half-written; other processes' fresh files are left to them. */
  async removeLeftovers(olderThanMs: number): Promise<number> {
    let removed = 0;
    for (const name of await readdir(this.#incoming)) {
      if (name.startsWith(this.#boot)) continue;
      const path = join(this.#incoming, name);
      const found = await stat(path).catch(() => undefined);
      if (!found || Date.now() - found.ctimeMs < olderThanMs) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  async #publish(key: string, path: string): Promise<void> {
    const object = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    const temporary = this.#temporaryName();
    try {
      await link(object, temporary);
      // rename() does nothing where both names are the same file already.
      await rename(temporary, path);
      await rm(temporary, { force: true });
    } catch (error) {
      await rm(temporary, { force: true });
      if (!UNLINKABLE.has(codeOf(error))) throw error;
      await copyInto(object, path);
    }
  }

  async #shows(path: string, key: string): Promise<boolean> {
    const [shown, object] = await Promise.all([statOf(path), statOf(this.#pathOf(key))]);
    if (!shown || !object) return false;
    const isLink = shown.ino === object.ino && shown.dev === object.dev;
    return isLink || (shown.size === object.size && shown.mtimeMs === object.mtimeMs);
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#made.has(folder)) return;
    await mkdir(folder, { recursive: true });
    await this.#folders.sync(this.#objects);
    this.#made.add(folder);
  }

  async #requireSpace(): Promise<void> {
    if (this.#reserveBytes === 0) return;
    const { bavail, bsize } = await statfs(this.#incoming);
    if (bavail * bsize < this.#reserveBytes) {
      throw new AqueductError(
        'DISK_FULL',
        'The disk of the server is full; nothing was stored. Make room, then try again.',
      );
    }
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

/** Where hard links are impossible; the copy carries the object's time, by which it is known as ours. */
async function copyInto(object: string, path: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 200)}.aqueduct`);
  await copyFile(object, temporary);
  const { atime, mtime } = await stat(object);
  await utimes(temporary, atime, mtime);
  await rename(temporary, path);
}

async function statOf(path: string) {
  return stat(path).catch(() => undefined);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}
