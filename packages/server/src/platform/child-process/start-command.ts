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

/** A program that runs. */
export interface RunningCommand {
  readonly pid: number;
  /**
   * The exit code; that of a process ended by a signal is the negative number of the signal. Resolves after all of the
   * output was given, or a moment after the end where others still hold the pipes open.
   */
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
export async function startCommand(
  { file, args, cwd, env }: Command,
  take: OutputTaker,
): Promise<RunningCommand> {
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
  give(child.stdout, 1, take);
  give(child.stderr, 2, take);
  const pid = child.pid ?? (await failed);
  if (process.platform === 'linux') {
    void writeFile(`/proc/${pid}/oom_score_adj`, OUT_OF_MEMORY_SCORE).catch(() => undefined);
  }
  void ended.then(() => {
    child.stdout.destroy();
    child.stderr.destroy();
  });
  return { pid, ended };
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
