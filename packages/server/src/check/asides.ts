import { lstat, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Finding } from './finding.ts';
import { isSame } from './hand-put-file.ts';
import { type Aside, putBack } from './put-aside.ts';
import { writersOf } from './writers-of.ts';

/** To look who has files open takes some milliseconds, and more the more processes there are: many share a look. */
const LOOK_EVERY_MS = 1000;

/** A file that was put aside, and whether its bytes are safe without it. */
interface WaitingAside extends Aside {
  readonly isStored: () => Promise<boolean>;
}

/**
 * Files that were put aside. They go when a look behind that found nobody who may still write to them: nobody opens them
 * by their old name any more. And only while their bytes are in the storage: they may be the only copy.
 */
export class Asides {
  readonly #report: (finding: Finding) => void;
  #waiting: WaitingAside[] = [];
  #nextLook = performance.now() + LOOK_EVERY_MS;

  /** @param report - Is told of those that stay. */
  constructor(report: (finding: Finding) => void) {
    this.#report = report;
  }

  /**
   * Removes a file, not at once.
   *
   * @param isStored - Asked right before it goes.
   */
  async add(aside: Aside, isStored: () => Promise<boolean>): Promise<void> {
    this.#waiting.push({ ...aside, isStored });
    if (performance.now() > this.#nextLook) await this.removeAll();
  }

  /** Removes those that are there. */
  async removeAll(): Promise<void> {
    const asides = this.#waiting.splice(0);
    if (asides.length === 0) return;
    const writers = await writersOf(asides);
    for (const [i, { path, from, stats, isStored }] of asides.entries()) {
      const writer = writers[i];
      const now = await lstat(path, { bigint: true }).catch(() => undefined);
      if (writer?.is === 'seen') this.#stays(path, `${writer.who} has it open for writing`);
      else if (now && !isSame(now, stats)) this.#stays(path, 'somebody has written to it since');
      else if (!(await isStored())) this.#isNeeded(await putBack(path, from), basename(from));
      else await rm(path, { force: true });
    }
    this.#nextLook = performance.now() + LOOK_EVERY_MS;
  }

  #isNeeded(path: string, name: string): void {
    const eid = basename(dirname(path));
    const lies = basename(path) === name ? 'it stays' : `it stays as ${basename(path)}`;
    const text = `it was taken in a moment ago, but its bytes are gone from the storage: ${lies}. Run this again.`;
    this.#report({ kind: 'failed', subject: `${eid}/${name}`, eid, name, path, text });
  }

  #stays(path: string, why: string): void {
    const name = basename(path);
    const eid = basename(dirname(path));
    const text = `a file that was taken in a moment ago; it stays under this name: ${why}. Run this again later.`;
    this.#report({ kind: 'by-hand', subject: `${eid}/${name}`, eid, name, path, text });
  }
}
