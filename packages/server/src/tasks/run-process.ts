import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Launcher } from '../platform/child-process/launcher.ts';
import type { Command } from '../platform/child-process/start-command.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import type { OutputRecorder } from './output-recorder.ts';
import type { ProcessKeeper } from './process-keeper.ts';
import type { TaskProcesses } from './task-processes.ts';

interface RunOptions {
  readonly launcher: Launcher;
  readonly command: Command;
  readonly recorder: OutputRecorder;
  readonly processes: TaskProcesses;
  readonly keeper: ProcessKeeper;
  /** Ends the process, and all that it started. */
  readonly signal: AbortSignal;
  /** Called once it runs. */
  readonly onStart?: () => void;
}

/** After its processes have ended, for what is still in its pipes. A process that does not go is waited for no longer. */
const DRAIN_MS = 100;
const KILLED = -constants.signals.SIGKILL;

/** Runs a program as part of a task; its output goes to the task's. Resolves with its exit code, negative for a signal. */
export async function runProcess(options: RunOptions): Promise<number> {
  const { launcher, command, recorder, processes, keeper, signal, onStart } = options;
  signal.throwIfAborted();
  const { pid, ended } = await launcher
    .start(command, (stream, bytes) => recorder.add(stream, bytes), signal)
    .catch((error: unknown) => {
      throw notStarted(command, error);
    });
  processes.started(pid);
  onStart?.();

  const ending = Promise.withResolvers<number>();
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    keeper
      .cancel(processes)
      .then(() => sleep(DRAIN_MS, KILLED, { ref: false }))
      .then(ending.resolve, ending.reject);
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    const code = await Promise.race([ended, ending.promise]);
    // A cancelled task has ended when all of its processes have.
    if (signal.aborted) await ending.promise;
    return code;
  } catch (error) {
    // It runs on, and nobody follows it any more.
    end();
    await ending.promise;
    throw error;
  } finally {
    processes.ended(pid);
    signal.removeEventListener('abort', end);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  E2BIG: 'its parameters are too large for the system',
  ENOENT: 'the program or the folder of the extension is not there',
  EACCES: 'the server may not run it',
  EAGAIN: 'the system starts no more processes now',
  ENOMEM: 'the system has no more memory',
};

function notStarted({ file, cwd }: Command, cause: unknown): AqueductError {
  const reason = REASONS[codeOf(cause)] ?? (cause instanceof Error ? cause.message : String(cause));
  return new AqueductError('UNAVAILABLE', `"${file}" could not be started in ${cwd}: ${reason}.`, { cause });
}
