import { hash, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { access, constants, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asAqueductError } from '../errors/as-aqueduct-error.ts';
import { tooLarge } from '../errors/too-large.ts';
import { beginObjects } from './begin-objects.ts';
import { closeBehind } from './close-behind.ts';
import { codeOf } from './code-of.ts';
import { DayFolders } from './day-folders.ts';
import { FolderSync } from './folder-sync.ts';
import { FreeSpace } from './free-space.ts';
import { MOST_BETWEEN_MILESTONES, type Received, receiveInto } from './incoming-file.ts';
import { KnownDatabases } from './known-databases.ts';
import { LocalParts } from './local-parts.ts';
import { notReadable } from './not-readable.ts';
import { notWritable } from './not-writable.ts';
import { isObjectKey, newObjectKey, OBJECT_MODE } from './object-key.ts';
import { ObjectStream } from './object-stream.ts';
import { daysAmong, leftoversIn, strangersAmong } from './others-among-objects.ts';
import { PartReader } from './read-part.ts';
import { readableLinks, stagedCopies } from './readable-links.ts';
import { takeIfSmall, writeDurably } from './small-object.ts';
import type {
  ByteRange,
  ListedObject,
  PutOptions,
  ReadableObjects,
  Storage,
  StoredObject,
} from './storage.ts';

const FOLDERS_KEPT_OPEN_MS = 2000;

/** What comes in lies among the objects, to be on their disk, whichever that is. */
const INCOMING = '.incoming';
const PARTS = '.parts';

/**
 * Objects on a local disk: written under a temporary name in `objects/.incoming/`, moved to `objects/<key>` when they are
 * whole, and synced; small ones are written there at once. There they lie read-only. Keys are `YYYYMMDD/<32 hex>`, so that
 * what a day brought lies in one folder.
 */
export class LocalStorage implements Storage {
  readonly readable: ReadableObjects = readableLinks(
    (key) => this.#pathOf(key),
    () => this.#temporaryName(),
    (folder) => this.databases.requireShownIn(folder),
  );
  readonly parts: LocalParts;
  readonly databases: KnownDatabases;
  readonly space: FreeSpace;
  /** What the names of all begin with that this process stores: others and earlier starts have others. */
  readonly mark = randomBytes(6).toString('hex');
  readonly #objects: string;
  readonly #incoming: string;
  readonly #parts: string;
  readonly #folders = new FolderSync(FOLDERS_KEPT_OPEN_MS);
  readonly #days = new DayFolders(this.#folders, () => this.#requireThere());
  readonly #reader = new PartReader();
  #names = 0;

  private constructor(dataDir: string, reserveBytes: number) {
    this.#objects = join(dataDir, 'objects');
    this.#incoming = join(this.#objects, INCOMING);
    this.#parts = join(this.#objects, PARTS);
    this.databases = new KnownDatabases(dataDir);
    this.space = new FreeSpace(this.#incoming, reserveBytes);
    this.parts = new LocalParts({
      folder: this.#parts,
      space: this.space,
      folders: this.#folders,
      place: (path, key) => this.#place(path, key),
      temporaryName: () => this.#temporaryName(),
    });
  }

  /**
   * @param reserveBytes - Space on the disk that uploads leave free.
   * @param hasFiles - Whether the database has files already: their objects must lie somewhere.
   * @throws AqueductError with a sentence for the administrator where objects can't lie there.
   */
  static async open(dataDir: string, reserveBytes: number, hasFiles = false): Promise<LocalStorage> {
    const storage = new LocalStorage(dataDir, reserveBytes);
    await beginObjects({
      dataDir,
      folder: storage.#objects,
      incoming: storage.#incoming,
      parts: storage.#parts,
      isUsed: (await storage.databases.ids()).size > 0,
      hasFiles,
    });
    return storage;
  }

  /** The same for a command beside the server, as it stands: nothing is made. */
  static openExisting(dataDir: string, reserveBytes: number): LocalStorage {
    return new LocalStorage(dataDir, reserveBytes);
  }

  async put(
    source: AsyncIterable<Uint8Array>,
    { maxBytes = Number.MAX_SAFE_INTEGER, expected = maxBytes, onTaken }: PutOptions = {},
  ): Promise<StoredObject> {
    const begunAt = Date.now();
    const key = this.newKey();
    const path = this.#pathOf(key);
    try {
      await this.space.require();
      const taken = await takeIfSmall(source);
      if (Buffer.isBuffer(taken)) onTaken?.();
      const received = Buffer.isBuffer(taken)
        ? await this.#putSmall(key, taken, maxBytes)
        : await this.#putLarge(key, taken, maxBytes, expected);
      this.#reader.note(path, { start: 0, end: received.size - 1 });
      return { key, ...received, begunAt };
    } catch (error) {
      await rm(path, { force: true }).catch(() => undefined);
      this.#days.forget(dirname(path));
      throw notWritable(error);
    }
  }

  newKey(): string {
    return newObjectKey(this.mark);
  }

  async open(key: string, range?: ByteRange): Promise<ObjectStream> {
    const path = this.#pathOf(key);
    try {
      const part = range ?? { start: 0, end: (await stat(path)).size - 1 };
      return new ObjectStream(await open(path, 'r'), part);
    } catch (error) {
      throw notReadable(error);
    }
  }

  async read(key: string, range: ByteRange): Promise<Buffer> {
    try {
      return await this.#reader.read(this.#pathOf(key), range);
    } catch (error) {
      throw notReadable(error);
    }
  }

  async remove(key: string): Promise<void> {
    try {
      await rm(this.#pathOf(key)).catch(async (error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error;
        await this.#requireThere();
      });
    } catch (error) {
      throw notWritable(error);
    }
  }

  async sizeOf(key: string): Promise<number | undefined> {
    return stat(this.#pathOf(key)).then(
      ({ size }) => size,
      (error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw asAqueductError(error);
      },
    );
  }

  async *list({ since = '' }: { since?: string } = {}): AsyncIterable<ListedObject> {
    for (const day of await daysAmong(this.#objects)) {
      if (day < since) continue;
      for (const name of await readdir(join(this.#objects, day))) {
        const key = `${day}/${name}`;
        const found = isObjectKey(key) ? await stat(this.#pathOf(key)).catch(() => undefined) : undefined;
        if (!found) continue;
        const isOwn = name.startsWith(this.mark);
        yield { key, storedAt: found.ctimeMs, writtenAt: found.mtimeMs, isOwn };
      }
    }
  }

  async check(): Promise<void> {
    const path = this.#temporaryName();
    try {
      await (await open(path, 'wx')).close();
      // Somebody else may have made it, by hand or from a backup.
      await access(dirname(this.#pathOf(this.newKey())), constants.W_OK).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error;
      });
    } catch (error) {
      throw notWritable(error);
    } finally {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }

  /** Why objects can't be stored or looked at, in words; undefined where they can. */
  async whyNotThere(): Promise<string | undefined> {
    try {
      await this.#requireThere();
      return undefined;
    } catch {
      return (
        'its disk is not there, or this data folder is not the one of the files in the database. Nothing can be stored ' +
        'until that is right. Mount it, or link it to the objects of the first server. If this folder is to take its ' +
        `place, make the folders ${INCOMING} and ${PARTS} in it`
      );
    }
  }

  /** Paths of what others left half-written and nobody has touched since a moment (milliseconds since 1970). */
  leftovers(untouchedSince: number): AsyncIterable<string> {
    return leftoversIn(this.#incoming, untouchedSince, this.mark);
  }

  /** The same of copies that were to get a name in the folder of experiments. */
  leftCopies(experimentsDir: string, untouchedSince: number): AsyncIterable<string> {
    return stagedCopies(experimentsDir, untouchedSince, this.mark);
  }

  /** Paths of what lies among the objects and is none: somebody put it there. */
  strangers(): AsyncIterable<string> {
    return strangersAmong({ objects: this.#objects, incoming: this.#incoming, parts: this.#parts });
  }

  /** Without a temporary name: no row knows the key before it is returned, and a crash leaves what the next start removes. */
  async #putSmall(key: string, bytes: Buffer, maxBytes: number): Promise<Received> {
    if (bytes.length > maxBytes) throw tooLarge(maxBytes);
    const path = this.#pathOf(key);
    const folder = dirname(path);
    await this.#days.make(folder);
    const written = writeDurably(path, bytes, () => this.#folders.sync(folder));
    const received = { size: bytes.length, sha256: hash('sha256', bytes, 'hex') };
    await written;
    return received;
  }

  async #putLarge(
    key: string,
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
    expected: number,
  ): Promise<Received> {
    const temporary = this.#temporaryName();
    let handle: FileHandle | undefined;
    const toCome = (done: number) => Math.min(Math.max(0, expected - done), MOST_BETWEEN_MILESTONES);
    const room = await this.space.hold(toCome(0));
    try {
      handle = await open(temporary, 'wx', OBJECT_MODE);
      const onMilestone = (done: number) => room.renew(toCome(done));
      const received = await receiveInto(handle, source, { maxBytes, onMilestone });
      await this.#place(temporary, key, handle);
      closeBehind(handle);
      return received;
    } catch (error) {
      await handle?.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    } finally {
      room.end();
    }
  }

  /**
   * Moves a file among the objects; one that is there already only becomes durable.
   *
   * @param unsynced - The file where its bytes are to be synced yet. No row knows the name, so it may come before they
   * are safe: both syncs at once take one commit of the disk's journal, one after the other they took two.
   */
  async #place(from: string, key: string, unsynced?: FileHandle): Promise<void> {
    const path = this.#pathOf(key);
    const folder = dirname(path);
    await this.#days.make(folder);
    let isMoved = false;
    try {
      isMoved = await move(from, path);
      await Promise.all([unsynced?.datasync(), this.#folders.sync(folder)]);
    } catch (error) {
      this.#days.forget(folder);
      // The kernel tells of a lost name once. Another try must change the folder again, or its sync would call safe what
      // was never written.
      if (isMoved) await rename(path, from).catch(() => undefined);
      throw error;
    }
  }

  /** Where a disk of their own went away, there lies an empty folder of the same name. */
  async #requireThere(): Promise<void> {
    await stat(this.#incoming);
  }

  #temporaryName(): string {
    this.#names += 1;
    return join(this.#incoming, `${this.mark}-${this.#names}`);
  }

  #pathOf(key: string): string {
    if (!isObjectKey(key)) throw new Error(`Not the key of an object: ${key}`);
    return join(this.#objects, key);
  }
}

/** Moves a file; false where it is there already. */
async function move(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await stat(to);
    return false;
  }
}
