import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProgramPipes } from './program-pipes.ts';

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
   * The exit code; that of a process ended by a signal is the negative number of the signal. Resolves after all of its
   * output was given, and a moment later where others still hold the pipes open.
   */
  readonly ended: Promise<number>;
}

/** After its end, a pipe that others still hold open is looked at so often. */
const LOOK_MS = 50;
/** Looks without output after which nothing more is waited for. */
const SILENT_LOOKS = 5;
/**
 * Bounds for others that print for ever, little by little or as much as they can. They cut off nothing of the program's
 * own: at its end all of that is in the pipe, which holds 64 KiB (a MiB where a program asks for that), and comes between
 * two looks unless it is made to wait, when no looks are counted.
 */
const MOST_LOOKS = 40;
const MOST_BYTES = 2 * 1024 * 1024;
/** Where memory runs out, the system shall end a task before the server, and before the launcher that serves all tasks. */
const OUT_OF_MEMORY_SCORE = 500;
const OWN_SCORE = '/proc/self/oom_score_adj';

/**
 * Starts a program in a process group of its own.
 *
 * @param pipes - Gives the program its outputs.
 * @throws the system's error where it can't be started.
 */
export async function startCommand(
  { file, args, cwd, env }: Command,
  take: OutputTaker,
  pipes: ProgramPipes,
): Promise<RunningCommand> {
  const made = await pipes.take(2);
  const targets = made.map(({ target }) => target);
  const outputs = made.map(({ source }) => source);
  let child: ChildProcess;
  try {
    child = asFirstToEnd(() =>
      spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', ...targets] }),
    );
  } catch (error) {
    for (const output of outputs) output.destroy();
    throw error;
  } finally {
    for (const target of targets) closeSync(target);
  }
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const ended = new Promise<number>((resolve) => {
    const closed = outputs.map((output) => once(output, 'close'));
    child.once('exit', (exitCode, signal) => {
      const code = exitCode ?? -(signal ? constants.signals[signal] : 0);
      for (const output of outputs) void drain(output);
      void Promise.all(closed).then(() => resolve(code));
    });
  });
  failed.catch(() => undefined);
  outputs.forEach((output, i) => {
    give(output, i === 0 ? 1 : 2, take);
  });
  const pid = child.pid ?? (await failed);
  return { pid, ended };
}

/**
 * Starts a program with the score of tasks. Programs inherit it as they are made: given it a moment later, what they start
 * first would go without. So this process has it for that moment; to read it and to write it twice takes 16 µs.
 */
function asFirstToEnd(start: () => ChildProcess): ChildProcess {
  const own = ownScore();
  if (own >= OUT_OF_MEMORY_SCORE) return start();
  setOwnScore(OUT_OF_MEMORY_SCORE);
  try {
    return start();
  } finally {
    setOwnScore(own);
  }
}

/** As high as that of tasks where there is none that could be set. */
function ownScore(): number {
  if (process.platform !== 'linux') return OUT_OF_MEMORY_SCORE;
  try {
    return Number(readFileSync(OWN_SCORE, 'utf8'));
  } catch {
    return OUT_OF_MEMORY_SCORE;
  }
}

function setOwnScore(score: number): void {
  try {
    writeFileSync(OWN_SCORE, String(score));
  } catch {
    // Programs run without it.
  }
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
        isEnough ||= last === 'enough';
        source.resume();
      });
    }
  });
  // A pipe that breaks has no more output.
  source.on('error', () => undefined);
}

/** Closes a pipe of a program that has ended, once all that it had printed was given. */
async function drain(source: Readable): Promise<void> {
  let bytes = 0;
  let looks = 0;
  let silent = 0;
  source.on('data', (piece: Buffer) => {
    bytes += piece.length;
    silent = 0;
  });
  while (bytes < MOST_BYTES && (source.isPaused() || (silent < SILENT_LOOKS && looks < MOST_LOOKS))) {
    await sleep(LOOK_MS);
    if (source.destroyed) return;
    // While the taker makes it wait, it is not silent.
    if (source.isPaused()) continue;
    silent += 1;
    looks += 1;
  }
  source.destroy();
}
