import { open } from 'node:fs/promises';

interface Syncing {
  running: Promise<void>;
  next: Promise<void> | undefined;
}

/** Makes new names in folders durable. Callers of the same moment share an fsync. */
export class FolderSync {
  readonly #folders = new Map<string, Syncing>();

  /** Resolves when all names that were in the folder at the call survive a power cut. */
  sync(folder: string): Promise<void> {
    const syncing = this.#folders.get(folder);
    if (!syncing) return this.#start(folder);
    // The running one may have begun before our name was there.
    syncing.next ??= syncing.running.then(
      () => this.#start(folder),
      () => this.#start(folder),
    );
    return syncing.next;
  }

  #start(folder: string): Promise<void> {
    const running = syncFolder(folder).finally(() => {
      if (!this.#folders.get(folder)?.next) this.#folders.delete(folder);
    });
    this.#folders.set(folder, { running, next: undefined });
    return running;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
