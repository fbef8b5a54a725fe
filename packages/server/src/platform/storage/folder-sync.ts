import { type FileHandle, open } from 'node:fs/promises';

interface Syncing {
  readonly running: Promise<void>;
  next: Promise<void> | undefined;
}

/** A folder stays open so long after its last sync: opening it anew cost as much as a small sync. */
const KEPT_OPEN_MS = 2000;

/** Makes new names in folders durable. Callers of the same moment share an fsync. */
export class FolderSync {
  readonly #folders = new Map<string, Syncing>();
  readonly #handles = new Map<string, { handle: FileHandle; idle: NodeJS.Timeout }>();

  /** Resolves when all names that were in the folder at the call survive a power cut. */
  sync(folder: string): Promise<void> {
    const syncing = this.#folders.get(folder);
    if (!syncing) return this.#start(folder);
    // The running one may have begun before our name was there. When it fails, so does this one: the kernel tells of
    // a lost page once, and an fsync after that would call it safe.
    syncing.next ??= syncing.running.then(() => this.#start(folder));
    return syncing.next;
  }

  #start(folder: string): Promise<void> {
    const syncing: Syncing = { running: this.#sync(folder), next: undefined };
    this.#folders.set(folder, syncing);
    const forget = () => void this.#folders.delete(folder);
    syncing.running.then(() => syncing.next ?? forget(), forget);
    return syncing.running;
  }

  async #sync(folder: string): Promise<void> {
    const handle = await this.#take(folder);
    try {
      await handle.sync();
    } catch (error) {
      await handle.close();
      throw error;
    }
    const idle = setTimeout(() => {
      this.#handles.delete(folder);
      void handle.close();
    }, KEPT_OPEN_MS);
    this.#handles.set(folder, { handle, idle: idle.unref() });
  }

  async #take(folder: string): Promise<FileHandle> {
    const kept = this.#handles.get(folder);
    if (!kept) return open(folder, 'r');
    clearTimeout(kept.idle);
    this.#handles.delete(folder);
    return kept.handle;
  }
}
