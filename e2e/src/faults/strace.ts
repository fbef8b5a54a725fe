import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything that makes bytes or names durable, or changes names; `?` for those that this kind of machine lacks. */
export const DURABLE_CALLS = [
  ...['fsync', 'fdatasync', 'ftruncate', 'pwrite64'],
  ...['?rename', '?renameat', '?renameat2', '?link', '?linkat', '?unlink', '?unlinkat'],
  ...['?rmdir', '?mkdir', '?mkdirat'],
].join(',');

/** With this, a server does all its file work in one thread, so that its calls have an order. */
export const ONE_FILE_THREAD = { UV_THREADPOOL_SIZE: '1' } as const;

interface Injection {
  /** The thread: that of JavaScript and SQLite has the number of the process. */
  readonly thread: number;
  /** The calls, as strace names them. */
  readonly calls: string;
  /** What happens at them, such as `error=EIO:when=1`, which counts each kind of call; without it, they are only noted. */
  readonly fault?: string;
}

/** Watches the calls of a thread, and makes some of them fail. */
export interface Watch {
  /** The names of the calls that were made so far, in their order. */
  calls(): Promise<string[]>;
  /** Lets the thread alone again. */
  stop(): Promise<void>;
}

/** Lets strace watch a thread of a running process; resolves when it does. Its end ends strace too. */
export async function watchCalls({ thread, calls, fault }: Injection): Promise<Watch> {
  const log = join(await mkdtemp(join(tmpdir(), 'aqueduct-strace-')), 'calls');
  const inject = fault === undefined ? [] : ['-e', `inject=${calls}:${fault}`];
  const args = ['-p', String(thread), '-o', log, '-e', `trace=${calls}`, '-e', 'signal=none', ...inject];
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
  return {
    calls: async () => (await readFile(log, 'utf8')).match(/^\w+(?=\()/gm) ?? [],
    stop,
  };
}

/** The thread of a server, started with {@link ONE_FILE_THREAD}, that does its file work. */
export async function fileThread(pid: number | undefined): Promise<number> {
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const name = await readFile(`/proc/${pid}/task/${thread}/comm`, 'utf8');
    if (name.trim() === 'libuv-worker') return Number(thread);
  }
  throw new Error(`process ${pid} has no thread for files`);
}
