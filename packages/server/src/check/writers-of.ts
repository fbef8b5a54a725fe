import { execFile } from 'node:child_process';
import { type BigIntStats, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { codeOf } from '../platform/storage/code-of.ts';

/** Descriptors that are looked at before others get their turn. */
const AT_ONCE = 200;
const WRITABLE = 0o200;

/** Whether a program has a file open for writing. */
export type Writer =
  | { readonly is: 'none' }
  /** `who` is a process, in words. */
  | { readonly is: 'seen'; readonly who: string }
  /** None is seen, but there may be one all the same. */
  | { readonly is: 'unseen'; readonly why: string };

interface File {
  readonly path: string;
  readonly stats: Pick<BigIntStats, 'dev' | 'ino' | 'uid'>;
}

/** Tells which process has a file open. */
type Finder = (file: File) => string | undefined;

/**
 * Looks for processes of this machine that have files open for writing. Those of other users are shown to root only, and
 * none that reaches a file over a network, or has it in memory alone.
 *
 * @param maxAgeMs - A look of so long ago will do: to look at all processes takes some milliseconds.
 */
export async function writersOf(files: readonly File[], maxAgeMs = 0): Promise<Writer[]> {
  const find = process.platform === 'linux' ? await lookNow(maxAgeMs) : await askLsof(files);
  const ownId = BigInt(process.getuid?.() ?? 0);
  return files.map((file) => {
    const { uid } = file.stats;
    const who = find?.(file);
    if (who !== undefined) return { is: 'seen', who };
    if (!find) return { is: 'unseen', why: 'there is no `lsof` to tell who has it open' };
    if (ownId === 0n || ownId === uid) return { is: 'none' };
    return { is: 'unseen', why: `what programs its owner (user ${uid}) runs can't be seen` };
  });
}

let last: { readonly beganAt: number; readonly look: Promise<Finder> } | undefined;

function lookNow(maxAgeMs: number): Promise<Finder> {
  if (!last || performance.now() - last.beganAt >= maxAgeMs)
    last = { beganAt: performance.now(), look: lookInProc() };
  return last.look;
}

async function lookInProc(): Promise<Finder> {
  const found = new Map<string, string>();
  let looked = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const folder = `/proc/${pid}/fd`;
    for (const descriptor of read(() => readdirSync(folder)) ?? []) {
      looked += 1;
      if (looked % AT_ONCE === 0) await othersTurn();
      const path = `${folder}/${descriptor}`;
      // The link has the rights that the file was opened with.
      if (((read(() => lstatSync(path))?.mode ?? 0) & WRITABLE) === 0) continue;
      const file = read(() => statSync(path, { bigint: true }));
      if (file?.isFile()) found.set(`${file.dev} ${file.ino}`, pid);
    }
  }
  return ({ stats }) => {
    const pid = found.get(`${stats.dev} ${stats.ino}`);
    return (
      pid &&
      inWords(
        pid,
        read(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()),
      )
    );
  };
}

/** Undefined where it has gone meanwhile, or is hidden from us. */
function read<T>(from: () => T): T | undefined {
  try {
    return from();
  } catch (error) {
    if (/^E(MFILE|NFILE|NOMEM)$/.test(codeOf(error))) throw error;
    return undefined;
  }
}

/** @returns undefined where there is no `lsof`. */
export async function askLsof(files: readonly File[]): Promise<Finder | undefined> {
  const paths = files.map(({ path }) => path);
  const lines = await new Promise<string | undefined>((resolve) => {
    // It fails where nobody has one of them open.
    execFile('lsof', ['-w', '-F', 'pcai', '--', ...paths], (error, stdout) =>
      resolve(codeOf(error) === 'ENOENT' ? undefined : stdout),
    );
  });
  if (lines === undefined) return undefined;
  const found = new Map<string, string>();
  let [pid, name, access] = ['', '', ''];
  for (const line of lines.split('\n')) {
    const value = line.slice(1);
    if (line.startsWith('p')) pid = value;
    if (line.startsWith('c')) name = value;
    if (line.startsWith('a')) access = value;
    if (line.startsWith('i') && /[wu]/.test(access)) found.set(value, inWords(pid, name));
  }
  return ({ stats }) => found.get(String(stats.ino));
}

function inWords(pid: string, name = ''): string {
  return `process ${pid}${name && ` (${name})`}`;
}
