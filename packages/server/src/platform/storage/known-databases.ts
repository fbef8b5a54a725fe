import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { whyNotMarked } from './folder-mark.ts';
import { linesOf } from './lines-of.ts';

/** The databases that ever had their objects in a data folder: its file `databases` names them, one a line. */
export class KnownDatabases {
  readonly #path: string;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'databases');
  }

  async ids(): Promise<Set<string>> {
    return linesOf(this.#path);
  }

  /**
   * The one that it was used with last; undefined where none was noted yet.
   *
   * @throws AqueductError with a sentence for the administrator where that can't be read.
   */
  async current(): Promise<string | undefined> {
    const ids = await this.ids().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AqueductError(
        'UNAVAILABLE',
        `The file ${this.#path}, which names the databases that stored here, can't be read: ${reason}. Nothing was changed.`,
        { cause: error },
      );
    });
    return [...ids].at(-1);
  }

  /**
   * Notes one.
   *
   * @returns whether it is the only one that ever was; else objects that it does not know may be another's.
   */
  async add(databaseId: string): Promise<boolean> {
    const ids = await this.ids();
    // A line that somebody wrote there may have no end.
    const line = `${ids.size > 0 ? '\n' : ''}${databaseId}\n`;
    if (!ids.has(databaseId)) await appendFile(this.#path, line, { flush: true });
    return ids.add(databaseId).size === 1;
  }

  /** Why a folder of experiments must not be taken for the one that shows the files of these databases, in words. */
  async whyNotShownIn(folder: string): Promise<string | undefined> {
    return whyNotMarked(folder, await this.ids());
  }

  /** @throws AqueductError `UNAVAILABLE` where a folder of experiments is not that one. */
  async requireShownIn(folder: string): Promise<void> {
    const why = await this.whyNotShownIn(folder);
    if (why !== undefined)
      throw new AqueductError('UNAVAILABLE', `The folder of experiments ${folder}: ${why}`);
  }
}
