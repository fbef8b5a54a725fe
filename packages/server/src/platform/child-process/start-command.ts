import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
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

/** 1 is standard output, 2 standard error. */
export type OutputStream = 1 | 2;

/** Whether more is wanted. */
export type TakerAnswer = 'enough' | undefined;

/**
 * Takes what a program prints. The program waits until a promise resolves; after `enough`, the rest of the stream is
 * read and dropped.
 */
export type OutputTaker = (stream: OutputStream, bytes: Uint8Array) => Promise<TakerAnswer> | TakerAnswer;

/** A program that runs, or is held. */
export interface RunningCommand {
  readonly pid: number;
  /**
   * The exit code; that of a process ended by a signal is the negative number of the signal. Resolves after all of the
   * output was given, or a moment after the end where others still hold the pipes open.
   */
  readonly ended: Promise<number>;
}

/** A program that was started, and may be held yet. */
interface StartedCommand extends RunningCommand {
  /** Lets a program that is held go on, or end without having done anything. */
  release(isWanted: boolean): void;
}

/**
 * Becomes the program when a line comes, and ends when none does: with its starter at the latest. No extension can have
 * a variable of this name.
 */
const HELD = 'read -r AQUEDUCT_START && exec "$0" "$@" </dev/null';
/** After its end, pipes that others still hold open are read for so long. */
const DRAIN_MS = 250;
/** Where memory runs out, the system shall end a task before the server. */
const OUT_OF_MEMORY_SCORE = '500';

/**
 * Starts a program in a process group of its own.
 *
 * @param isHeld - It waits with its first step until it is released.
 * @throws the system's error where it can't be started.
 */
export async function startCommand(
  { file, args, cwd, env }: Command,
  isHeld: boolean,
  take: OutputTaker,
): Promise<StartedCommand> {
  const [program, words] = isHeld ? ['sh', ['-c', HELD, file, ...args]] : [file, args];
  const child = spawn(program, words, {
    cwd,
    env,
    detached: true,
    stdio: [isHeld ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
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
  if (child.stdout) give(child.stdout, 1, take);
  if (child.stderr) give(child.stderr, 2, take);
  const pid = child.pid ?? (await failed);
  if (process.platform === 'linux') {
    void writeFile(`/proc/${pid}/oom_score_adj`, OUT_OF_MEMORY_SCORE).catch(() => undefined);
  }
  void ended.then(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  });
  // Who has ended while it was held hears nothing.
  child.stdin?.on('error', () => undefined);
  return { pid, ended, release: (isWanted) => void child.stdin?.end(isWanted ? '\n' : '') };
}

function give(source: Readable, stream: OutputStream, take: OutputTaker): void {
  let isEnough = false;
  source.on('data', (bytes: Buffer) => {
    if (isEnough) return;
    const answer = take(stream, bytes);
    if (answer === 'enough') isEnough = true;
    else if (answer !== undefined) {
      source.pause();
      void answer.then((last) => {
        isEnough = last === 'enough';
        source.resume();
      });
    }
  });
  // A pipe that breaks has no more output.
  source.on('error', () => undefined);
}
