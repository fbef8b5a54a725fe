import { lstat, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Finding } from './finding.ts';
import { isSame } from './hand-put-file.ts';
import type { Aside } from './put-aside.ts';
import { writersOf } from './writers-of.ts';

/** To look who has files open takes some milliseconds, and more the more processes there are: many share a look. */
const LOOK_EVERY_MS = 1000;

/**
 * Files that were put aside. They go when a look behind that found nobody who may still write to them: nobody opens them
 * by their old name any more.
 */
export class Asides {
  readonly #report: (finding: Finding) => void;
  #waiting: Aside[] = [];
  #nextLook = performance.now() + LOOK_EVERY_MS;

  /** @param report - Is told of those that stay. */
  constructor(report: (finding: Finding) => void) {
    this.#report = report;
  }

  /** Removes a file, not at once. */
  async add(aside: Aside): Promise<void> {
    this.#waiting.push(aside);
    if (performance.now() > this.#nextLook) await this.removeAll();
  }

  /** Removes those that are there. */
  async removeAll(): Promise<void> {
    const asides = this.#waiting.splice(0);
    if (asides.length === 0) return;
    const writers = await writersOf(asides);
    for (const [i, { path, stats }] of asides.entries()) {
      const writer = writers[i];
      const now = await lstat(path, { bigint: true }).catch(() => undefined);
      if (writer?.is === 'seen') this.#stays(path, `${writer.who} has it open for writing`);
      else if (now && !isSame(now, stats)) this.#stays(path, 'somebody has written to it since');
      else await rm(path, { force: true });
    }
    this.#nextLook = performance.now() + LOOK_EVERY_MS;
  }

  #stays(path: string, why: string): void {
    const name = basename(path);
    const eid = basename(dirname(path));
    const text = `a file that was taken in a moment ago; it stays under this name: ${why}. Run this again later.`;
    this.#report({ kind: 'by-hand', subject: `${eid}/${name}`, eid, name, path, text });
  }
}
