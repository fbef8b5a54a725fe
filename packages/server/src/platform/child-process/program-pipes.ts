import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

/** A pipe from a program to us. */
export interface ProgramPipe {
  readonly source: Readable;
  /** The descriptor that the program is started with, then to be closed here. */
  readonly target: number;
}

/** Both ends of a pipe, as descriptors. */
type Ends = Omit<ProgramPipe, 'source'> & { readonly source: number };

/** So many are made at once: it takes the start of a program. */
const AT_ONCE = 32;
/** With fewer, others are made before somebody has to wait. */
const LEAST_READY = 8;

/**
 * Makes pipes. Node itself gives programs sockets, by which Linux can't open `/dev/stdout` and `/dev/stderr` as scripts
 * do; and it makes no pipe but by the program `mkfifo`.
 */
export class ProgramPipes {
  readonly #ready: Ends[] = [];
  #making: Promise<void> | undefined;

  /** Makes some ready where there are few; whoever takes one hears of a failure. */
  prepare(): void {
    if (this.#ready.length < LEAST_READY) this.#make().catch(() => undefined);
  }

  /** @throws Error with the reason where none can be made. */
  async take(count: number): Promise<ProgramPipe[]> {
    while (this.#ready.length < count) await this.#make();
    const taken = this.#ready.splice(0, count);
    setImmediate(() => this.prepare());
    return taken.map(({ source, target }) => ({
      source: new Socket({ fd: source, readable: true, writable: false }),
      target,
    }));
  }

  #make(): Promise<void> {
    this.#making ??= makePipes(this.#ready)
      .catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`no pipe could be made in ${tmpdir()}: ${reason}`, { cause });
      })
      .finally(() => {
        this.#making = undefined;
      });
    return this.#making;
  }
}

/** Both ends are open before the names go: nothing stays on the disk. */
async function makePipes(made: Ends[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aqueduct-'));
  try {
    const paths = Array.from({ length: AT_ONCE }, (_, i) => join(folder, String(i)));
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
    for (const path of paths) made.push(openEnds(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function openEnds(path: string): Ends {
  const source = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return { source, target: openSync(path, constants.O_WRONLY) };
  } catch (error) {
    closeSync(source);
    throw error;
  }
}
