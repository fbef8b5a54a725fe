import { type FileHandle, open } from 'node:fs/promises';
import { closeBehind } from './close-behind.ts';

interface Syncing {
  readonly running: Promise<void>;
  next: Promise<void> | undefined;
}

/** Makes new names in folders durable. Callers of the same moment share an fsync. */
export class FolderSync {
  readonly #folders = new Map<string, Syncing>();
  readonly #handles = new Map<string, { handle: FileHandle; idle: NodeJS.Timeout }>();
  readonly #keptOpenMs: number;

  /**
   * @param keptOpenMs - How long a folder stays open after its last sync: opening it anew cost as much as a small sync.
   * 0 for folders that may be removed.
   */
  constructor(keptOpenMs: number) {
    this.#keptOpenMs = keptOpenMs;
  }

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
    // The failure of the next one is for those who wait for it.
    syncing.running.then(() => syncing.next === undefined && forget(), forget);
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
    if (this.#keptOpenMs === 0) return handle.close();
    const idle = setTimeout(() => {
      this.#handles.delete(folder);
      closeBehind(handle);
    }, this.#keptOpenMs);
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
