import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AqueductError } from '../errors/aqueduct-error.ts';
import type { LauncherReport, LauncherRequest } from './launcher-messages.ts';
import type { Command, OutputTaker, RunningCommand } from './start-command.ts';

const GIVEN_UP =
  'The process that starts the programs of tasks ended, so the output of this task could be followed no more, and the task was given up. Try again.';

/** Longer than a start takes on a machine that has much to do. */
const HANGS_AFTER_MS = 5000;

interface Waiting {
  readonly take: OutputTaker;
  readonly started: PromiseWithResolvers<RunningCommand>;
  readonly ended: PromiseWithResolvers<number>;
}

/**
 * Starts programs through a small process of its own, which comes with the first of them. To start a program, the system
 * copies the tables of all memory of the process that starts it: from a server of 130 MB that took 3 ms, in which it
 * answered nobody; from here it takes 0.8 ms.
 */
export class Launcher {
  readonly #waiting = new Map<number, Waiting>();
  #process: ChildProcess | undefined;
  #count = 0;

  /**
   * Starts a program in a process group of its own.
   *
   * @param take - Gets what it prints.
   * @param unwanted - Aborts when nobody wants it any more. Where it is not started soon after that, the process that starts
   * programs hangs, and is killed.
   * @throws the system's error where it can't be started.
   */
  async start(command: Command, take: OutputTaker, unwanted: AbortSignal): Promise<RunningCommand> {
    const id = ++this.#count;
    const waiting = {
      take,
      started: Promise.withResolvers<RunningCommand>(),
      ended: Promise.withResolvers<number>(),
    };
    waiting.ended.promise.catch(() => undefined);
    this.#waiting.set(id, waiting);
    this.#ask({ type: 'start', id, command });
    let timer: NodeJS.Timeout | undefined;
    const watch = () => {
      timer = setTimeout(() => this.#process?.kill('SIGKILL'), HANGS_AFTER_MS);
    };
    unwanted.addEventListener('abort', watch, { once: true });
    try {
      return await waiting.started.promise;
    } finally {
      clearTimeout(timer);
      unwanted.removeEventListener('abort', watch);
    }
  }

  /** Lets the process go. Programs that it has started are not ended by that. */
  close(): void {
    this.#process?.disconnect?.();
  }

  #ask(request: LauncherRequest): void {
    try {
      const asked = (this.#process ??= this.#open());
      // Without descriptors or memory, Node gives a process that has none of this, and its error comes a moment later.
      asked.send?.(request, (error) => error && this.#loseAll(asked, hasEnded(error)));
    } catch (error) {
      this.#lose(request.id, notOpened(error));
    }
  }

  #open(): ChildProcess {
    // Beside this module: as a source file in tests, as a bundle in an installation.
    const file = import.meta.url.endsWith('.ts') ? './launcher-process.ts' : './launcher-process.js';
    const opened = fork(fileURLToPath(new URL(file, import.meta.url)), {
      serialization: 'advanced',
      execArgv: process.execArgv.filter((argument) => !argument.startsWith('--inspect')),
      env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
    });
    opened.on('message', (report) => this.#hear(report as LauncherReport));
    opened.once('error', (error) => this.#loseAll(opened, notOpened(error)));
    // Whichever comes first, or that nothing can be sent: from then on, nothing can be asked of it.
    for (const end of ['disconnect', 'exit']) opened.once(end, () => this.#loseAll(opened, hasEnded()));
    opened.unref();
    opened.channel?.unref();
    return opened;
  }

  #hear(report: LauncherReport): void {
    const waiting = this.#waiting.get(report.id);
    if (!waiting) return;
    const { id } = report;
    if (report.type === 'started') {
      waiting.started.resolve({ pid: report.pid, ended: waiting.ended.promise });
    } else if (report.type === 'output') {
      const { stream, bytes } = report;
      void Promise.resolve(waiting.take(stream, bytes)).then((answer) => {
        if (this.#waiting.has(id)) this.#ask({ type: 'taken', id, stream, answer });
      });
    } else if (report.type === 'ended') {
      this.#waiting.delete(id);
      waiting.ended.resolve(report.code);
    } else {
      this.#lose(id, Object.assign(new Error(report.message), { code: report.code }));
    }
  }

  /** Gives up all programs of a process that has ended. */
  #loseAll(ended: ChildProcess, reason: unknown): void {
    if (this.#process !== ended) return;
    this.#process = undefined;
    for (const id of this.#waiting.keys()) this.#lose(id, reason);
  }

  #lose(id: number, reason: unknown): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.started.reject(reason);
    waiting?.ended.reject(new AqueductError('UNAVAILABLE', GIVEN_UP, { cause: reason }));
  }
}

/** Completes a sentence: that a program could not be started. */
function hasEnded(cause?: Error): Error {
  return new Error('the process that starts programs has ended', { cause });
}

/** The same. Without the code of its cause, which would speak of the program. */
function notOpened(cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`the process that starts programs could not be started: ${reason}`, { cause });
}
