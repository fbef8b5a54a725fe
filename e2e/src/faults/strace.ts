import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';

/** Everything that makes bytes or names durable, or changes names; `?` for those that this kind of machine lacks. */
export const DURABLE_CALLS = [
  ...['fsync', 'fdatasync', 'ftruncate', 'pwrite64'],
  ...['?rename', '?renameat', '?renameat2', '?link', '?linkat', '?unlink', '?unlinkat'],
  ...['?rmdir', '?mkdir', '?mkdirat'],
].join(',');

/** With this, a server does all its file work in one thread, so that its calls have an order. */
export const ONE_FILE_THREAD = { UV_THREADPOOL_SIZE: '1' } as const;

interface Injection {
  /** The calls, as strace names them. */
  readonly calls: string;
  /** What happens at them, such as `error=EIO:when=1`, which counts each kind of call; without it, they are only noted. */
  readonly fault?: string;
  /** Whether the threads that the program starts are watched too. */
  readonly threads?: boolean;
}

/** Watches the calls of a thread, and makes some of them fail. */
export interface Watch {
  /** The names of the calls that were made so far, in their order. */
  calls(): Promise<string[]>;
  /** Lets the thread alone again. */
  stop(): Promise<void>;
}

/**
 * Lets strace watch a thread of a running process, whose end ends strace too; resolves when it does.
 *
 * @param thread - That of JavaScript and SQLite has the number of the process.
 */
export async function watchCalls(thread: number, injection: Injection): Promise<Watch> {
  const log = await newLog();
  const args = ['-p', String(thread), ...argumentsFor(injection, log)];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(strace, 'close');
  const stop = async () => {
    strace.kill('SIGINT');
    await ended;
  };
  let said = '';
  await new Promise<void>((resolve, reject) => {
    strace.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('attached')) resolve();
    });
    strace.on('close', () => reject(new Error(`strace: ${said}`)));
  });
  return { calls: () => callsIn(log), stop };
}

/** What starts a program whose first thread is watched from its first call on, and tells of its calls. */
export async function underStrace(injection: Injection) {
  const log = await newLog();
  return { under: ['strace', '-D', ...argumentsFor(injection, log)], calls: () => callsIn(log) };
}

function argumentsFor({ calls, fault, threads }: Injection, log: string): string[] {
  const follow = threads ? ['-f'] : [];
  const inject = fault === undefined ? [] : ['-e', `inject=${calls}:${fault}`];
  return [...follow, '-o', log, '-e', `trace=${calls}`, '-e', 'signal=none', ...inject];
}

async function newLog(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'aqueduct-strace-')), 'calls');
}

/** As `when` counts them, thread by thread: the n-th call of a name is there once, however many threads get so far. */
async function callsIn(log: string): Promise<string[]> {
  const byThread = new Map<string, number>();
  const most = new Map<string, number>();
  const calls: string[] = [];
  for (const [start, , call = ''] of (await readFile(log, 'utf8')).matchAll(/^(\d+ +)?(\w+)\(/gm)) {
    const count = (byThread.get(start) ?? 0) + 1;
    byThread.set(start, count);
    if (count <= (most.get(call) ?? 0)) continue;
    most.set(call, count);
    calls.push(call);
  }
  return calls;
}

/** What kills a process before a call. */
export interface Kill extends Injection {
  readonly fault: string;
  /** Which of the calls of this name it is, counted from 1. */
  readonly when: number;
}

/**
 * The share of the kills that come, at least, where works that happen to share a commit make some calls less, or threads
 * that need not be woken.
 */
export const LEAST_KILLED = 0.9;

/** Whether the call was made before which a process is killed. */
export async function isMade({ calls, when }: Kill, watch: Pick<Watch, 'calls'>): Promise<boolean> {
  return (await watch.calls()).filter((call) => call === calls).length >= when;
}

/** Fails where a process survives. Some calls come behind the last answer, so it may take a moment. */
export function expectKilled(child: ChildProcess, { fault }: Kill): Promise<void> {
  return vi.waitFor(() => expect(child.signalCode, fault).toBe('SIGKILL'), { timeout: 20_000 });
}

/** Some of the calls, evenly, and what kills a process before each. */
export function killsAt(calls: readonly string[], points: number): Kill[] {
  const counts = new Map<string, number>();
  const kills = calls.map((call) => {
    const when = (counts.get(call) ?? 0) + 1;
    counts.set(call, when);
    return { calls: call, when, fault: `signal=KILL:when=${when}` };
  });
  return kills.filter(
    (_, i) => Math.floor((i * points) / kills.length) > Math.floor(((i - 1) * points) / kills.length),
  );
}

/** The thread of a server, started with {@link ONE_FILE_THREAD}, that does its file work. */
export async function fileThread(pid: number | undefined): Promise<number> {
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const name = await readFile(`/proc/${pid}/task/${thread}/comm`, 'utf8');
    if (name.trim() === 'libuv-worker') return Number(thread);
  }
  throw new Error(`process ${pid} has no thread for files`);
}
