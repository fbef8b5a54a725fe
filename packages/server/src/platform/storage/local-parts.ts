import { createHash, type Hash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { chmod, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { codeOf } from './code-of.ts';
import type { FolderSync } from './folder-sync.ts';
import type { FreeSpace, HeldSpace } from './free-space.ts';
import { hashOf } from './hash-of.ts';
import { MOST_BETWEEN_MILESTONES, receiveInto } from './incoming-file.ts';
import { notWritable } from './not-writable.ts';
import { OBJECT_MODE } from './object-key.ts';
import type { AppendOptions, ListedPart, PartialObjects } from './storage.ts';

const WRITABLE = 0o600;
export const PART_ID = /^[0-9a-f]{32}$/;

interface LocalPartsOptions {
  readonly folder: string;
  readonly space: FreeSpace;
  readonly folders: FolderSync;
  /** Makes a file, durably, the object of a key. */
  readonly place: (path: string, key: string) => Promise<void>;
  /** Gives a free name on the disk of the parts. */
  readonly temporaryName: () => string;
}

/** Parts on a local disk: a file each, on the disk of the objects, so that becoming one is a rename. */
export class LocalParts implements PartialObjects {
  readonly #folder: string;
  readonly #space: FreeSpace;
  readonly #folders: FolderSync;
  readonly #place: (path: string, key: string) => Promise<void>;
  readonly #temporaryName: () => string;
  /** Of what this process has received from the first byte on; others are read again when they are whole. */
  readonly #hashes = new Map<string, { readonly hash: Hash; readonly end: number }>();

  constructor({ folder, space, folders, place, temporaryName }: LocalPartsOptions) {
    this.#folder = folder;
    this.#space = space;
    this.#folders = folders;
    this.#place = place;
    this.#temporaryName = temporaryName;
  }

  async begin(id: string, size: number): Promise<void> {
    try {
      await this.#space.require(size);
      await (await open(this.#pathOf(id), 'wx', WRITABLE)).close();
      await this.#folders.sync(this.#folder);
    } catch (error) {
      throw notWritable(error);
    }
  }

  async append(
    id: string,
    offset: number,
    source: AsyncIterable<Uint8Array>,
    { maxBytes, onOpened, onDurable }: AppendOptions,
  ): Promise<number> {
    const known = this.#hashes.get(id);
    this.#hashes.delete(id);
    const isHashed = offset === 0 || known?.end === offset;
    const hash = offset > 0 && known?.end === offset ? known.hash : createHash('sha256');
    const broken: unknown[] = [];
    const toCome = (done: number) => Math.min(maxBytes - done, MOST_BETWEEN_MILESTONES);
    let room: HeldSpace | undefined;
    try {
      room = await this.#space.hold(toCome(0));
      const handle = await open(this.#pathOf(id), constants.O_WRONLY | constants.O_APPEND).catch(
        (error: unknown) => this.#asMissing(error),
      );
      try {
        await onOpened?.();
        if ((await handle.stat()).size < offset) throw missing();
        // What a crash or a failure left behind the last durable byte was never acknowledged.
        await handle.truncate(offset);
        const { size } = await receiveInto(handle, untilBroken(source, broken), {
          maxBytes,
          hash,
          onMilestone: async (bytes) => {
            await room?.renew(toCome(bytes));
            await onDurable(offset + bytes);
          },
        });
        await handle.datasync();
        const end = offset + size;
        await onDurable(end);
        if (isHashed) this.#hashes.set(id, { hash, end });
        if (broken.length > 0) throw broken[0];
        return end;
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw broken.includes(error) ? error : notWritable(error);
    } finally {
      room?.end();
    }
  }

  async renew(id: string, size: number): Promise<void> {
    const path = this.#pathOf(id);
    const copy = this.#temporaryName();
    const hash = createHash('sha256');
    this.#hashes.delete(id);
    try {
      await this.#space.require(size);
      const handle = await open(copy, 'wx', WRITABLE);
      try {
        const source = size === 0 ? [] : createReadStream(path, { end: size - 1 });
        const copied = await receiveInto(handle, Readable.from(source), {
          maxBytes: size,
          hash,
          onMilestone: async () => undefined,
        }).catch((error: unknown) => this.#asMissing(error));
        if (copied.size < size) throw missing();
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await rename(copy, path);
      await this.#folders.sync(this.#folder);
      this.#hashes.set(id, { hash, end: size });
    } catch (error) {
      await rm(copy, { force: true }).catch(() => undefined);
      throw notWritable(error);
    }
  }

  async hash(id: string, size: number): Promise<string> {
    // Whatever was received: what lies there is kept as the object.
    if ((await this.sizeOf(id)) !== size) throw missing();
    const known = this.#hashes.get(id);
    if (known?.end === size) return known.hash.copy().digest('hex');
    if (size === 0) return createHash('sha256').digest('hex');
    try {
      const read = await hashOf(createReadStream(this.#pathOf(id), { end: size - 1 })).catch(
        (error: unknown) => this.#asMissing(error),
      );
      if (read.size === size) return read.sha256;
    } catch (error) {
      throw notWritable(error);
    }
    throw missing();
  }

  async keep(id: string, key: string): Promise<void> {
    const path = this.#pathOf(id);
    try {
      await chmod(path, OBJECT_MODE).catch(ignoreMissing);
      await this.#place(path, key);
      this.#hashes.delete(id);
    } catch (error) {
      if (codeOf(error) === 'ENOENT' && (await this.sizeOf(id)) === undefined) throw missing();
      throw notWritable(error);
    }
  }

  async remove(id: string): Promise<void> {
    this.#hashes.delete(id);
    await rm(this.#pathOf(id), { force: true });
  }

  async sizeOf(id: string): Promise<number | undefined> {
    try {
      return (await stat(this.#pathOf(id)).catch((error: unknown) => this.#ignoreRemoved(error)))?.size;
    } catch (error) {
      throw notWritable(error);
    }
  }

  async *list(): AsyncIterable<ListedPart> {
    for (const id of await readdir(this.#folder)) {
      const found = PART_ID.test(id) ? await stat(this.#pathOf(id)).catch(ignoreMissing) : undefined;
      if (found) yield { id, path: this.#pathOf(id), touchedAt: found.ctimeMs };
    }
  }

  /** A part may be removed at any moment, with its experiment. All at once they go with their disk, and come back. */
  async #ignoreRemoved(error: unknown): Promise<undefined> {
    ignoreMissing(error);
    await stat(this.#folder);
  }

  async #asMissing(error: unknown): Promise<never> {
    await this.#ignoreRemoved(error);
    throw missing();
  }

  #pathOf(id: string): string {
    if (!PART_ID.test(id)) throw new Error(`Not the id of a part: ${id}`);
    return join(this.#folder, id);
  }
}

/** The chunks of a source until it ends or breaks; what broke it is noted. */
async function* untilBroken(
  source: AsyncIterable<Uint8Array>,
  broken: unknown[],
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    broken.push(error);
  }
}

function missing(): AqueductError {
  const message = 'The bytes of this upload are missing on the disk of the server. Begin it anew.';
  return new AqueductError('NOT_FOUND', message);
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
