import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** What to run. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Working directory. */
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** A program that runs. */
export interface RunningCommand {
  readonly pid: number;
  readonly child: ChildProcess;
  /** The exit code; that of a process ended by a signal is the negative number of the signal. */
  readonly ended: Promise<number>;
}

/** After its end, pipes that others still hold open are read for so long. */
const DRAIN_MS = 250;
/** Where memory runs out, the system shall end a task before the server. */
const OUT_OF_MEMORY_SCORE = '500';

/**
 * Starts a program in a process group of its own.
 *
 * @throws the system's error where it can't be started.
 */
export async function startCommand({ file, args, cwd, env }: Command): Promise<RunningCommand> {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const ended = new Promise<number>((resolve) => {
    let code = 0;
    child.once('exit', (exitCode, signal) => {
      code = exitCode ?? -(signal ? constants.signals[signal] : 0);
      void sleep(DRAIN_MS, undefined, { ref: false }).then(() => resolve(code));
    });
    child.once('close', () => resolve(code));
  });
  failed.catch(() => undefined);
  const pid = child.pid ?? (await failed);
  if (process.platform === 'linux') {
    void writeFile(`/proc/${pid}/oom_score_adj`, OUT_OF_MEMORY_SCORE).catch(() => undefined);
  }
  return { pid, child, ended };
}
