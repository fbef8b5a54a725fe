import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './code-of.ts';
import type { FolderSync } from './folder-sync.ts';

/** The folders among the objects, one for each day, that are made as they are needed. */
export class DayFolders {
  readonly #folders: FolderSync;
  readonly #requireThere: () => Promise<void>;
  /** Those that are there, or are being made: whoever needs one waits for the same attempt. */
  readonly #made = new Map<string, Promise<void>>();

  /** @param requireThere - Throws where the disk of the objects is not there. */
  constructor(folders: FolderSync, requireThere: () => Promise<void>) {
    this.#folders = folders;
    this.#requireThere = requireThere;
  }

  /** Resolves when a folder is there and survives a power cut. */
  make(folder: string): Promise<void> {
    let made = this.#made.get(folder);
    if (!made) {
      made = this.#make(folder);
      this.#made.set(folder, made);
      made.catch(() => this.forget(folder));
    }
    return made;
  }

  /** It may be gone: the next one who needs it makes it again. */
  forget(folder: string): void {
    this.#made.delete(folder);
  }

  /** Only the folder itself: beneath a disk that went away nothing is to be made. */
  async #make(folder: string): Promise<void> {
    await this.#requireThere();
    await mkdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    try {
      await this.#folders.sync(dirname(folder));
    } catch (error) {
      // The kernel tells of a lost name once: another try must make it again for its sync to count.
      await rmdir(folder).catch(() => undefined);
      throw error;
    }
  }
}
