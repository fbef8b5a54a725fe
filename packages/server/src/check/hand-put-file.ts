import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../platform/storage/code-of.ts';
import { writersOf } from './writers-of.ts';

/** A file whose last change is younger may be one that is still being copied there. */
const QUIET_MS = 2000;
/** The same where the programs that may write to it can't be seen. */
const UNSEEN_QUIET_MS = 60_000;
/** Many files share a look at who has them open; there is one more look before a file goes. */
const LOOK_AGE_MS = 200;
const READ_AT_ONCE = 128 * 1024;

/** Why something is not taken in, so that "It stays: …" is a sentence. It is left as it is. */
export class LeftAlone extends Error {
  override readonly name = 'LeftAlone';
}

/** A file that people put into a folder, opened to be read whole or not at all. */
export interface HandPutFile {
  readonly path: string;
  /** As it was before it was read. */
  readonly stats: BigIntStats;
  /** Its bytes from the beginning. */
  read(): AsyncIterable<Uint8Array>;
  /** @throws LeftAlone when it is another one by now, has been written to, or may be at any moment. */
  requireUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file that nobody writes to. Waits a moment where it has just been changed; never follows a link, also not one
 * in the place of its folder.
 *
 * @throws LeftAlone when it is no file, or is being written.
 */
export async function openHandPut(path: string): Promise<HandPutFile> {
  if ((await lstat(dirname(path))).isSymbolicLink())
    throw new LeftAlone('its folder is a symbolic link, and links are not followed.');
  const handle = await openPlain(path);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) throw new LeftAlone('it is no file.');
    const quietFor = Date.now() - Number(stats.ctimeMs);
    if (quietFor < QUIET_MS) await sleep(Math.min(QUIET_MS, QUIET_MS - quietFor));
    const file: HandPutFile = {
      path,
      stats,
      read: () => handle.createReadStream({ start: 0, autoClose: false, highWaterMark: READ_AT_ONCE }),
      async requireUnchanged() {
        const named = await lstat(path, { bigint: true }).catch(() => undefined);
        const now = [await handle.stat({ bigint: true }), named];
        if (!now.every((each) => each && isSame(each, stats) && each.ctimeNs === stats.ctimeNs))
          throw new LeftAlone('it was changed while it was read. Run this again when it is complete.');
        await requireNoWriter(path, stats);
      },
      close: () => handle.close(),
    };
    await file.requireUnchanged();
    return file;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function requireNoWriter(path: string, stats: BigIntStats): Promise<void> {
  const [writer] = await writersOf([{ path, stats }], LOOK_AGE_MS);
  if (writer?.is === 'seen')
    throw new LeftAlone(`${writer.who} has it open for writing. Run this again when it is done.`);
  // Of what was only moved there, the older one; clocks may have set the other into the future.
  const changedAt = Math.min(Number(stats.mtimeMs), Number(stats.ctimeMs));
  if (writer?.is === 'unseen' && Date.now() - changedAt < UNSEEN_QUIET_MS)
    throw new LeftAlone(
      `it was changed less than a minute ago, and ${writer.why}. Run this again in a minute.`,
    );
}

/** Whether it is the same file with, by all that the disk tells, the same bytes. A new name changes neither. */
export function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs;
}

/** Opens a file, and nothing that a link leads to. */
export async function openPlain(path: string): Promise<FileHandle> {
  try {
    // Opening a pipe would wait for its writer.
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === 'ELOOP') throw new LeftAlone('it is a symbolic link.');
    throw error;
  }
}
