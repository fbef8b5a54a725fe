import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream, lstatSync, readdirSync } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ENVIRONMENT } from './environment/environment-names.ts';
import { fileState } from './file-state.ts';

/** Folders that programs make for themselves: none of what an extension is. */
const NOT_HASHED =
  /^(?:node_modules|__pycache__|\.git|\.venv|\.cache|\.\w+_cache|\.ipynb_checkpoints|.*\.egg-info)$/;
const MOST_FILES = 10_000;
const LARGEST_READ = 16 * 1024 * 1024;
const MOST_READ = 256 * 1024 * 1024;
/**
 * A folder with no more files that was looked through before is looked through at once: what the system has in its memory
 * takes some microseconds, and through the threads for files a millisecond, for which every task would wait.
 */
const FEW_FILES = 100;
const UNREADABLE = 'unreadable';

interface FoundFile {
  readonly path: string;
  readonly stats: BigIntStats;
}

interface KnownFile {
  readonly state: string | undefined;
  readonly digest: string;
}

/** What was read of each folder: by path, with the state that it was read in. */
const known = new Map<string, ReadonlyMap<string, KnownFile>>();

/**
 * Tells whether an extension is what it was: SHA-256 over the paths of its files, in order, with whether they can be
 * executed, and their contents; links count by where they point. Environments, `node_modules`, `.git` and caches are
 * left out. Of giant folders not all is read: files above 16 MiB, and those after the first 256 MiB, count by their
 * size and time of change, and files after the first 10,000 not at all. Of what is unchanged, only the state is read.
 *
 * @returns lower-case hexadecimal
 */
export async function hashExtension(folder: string): Promise<string> {
  const before = known.get(folder);
  const now = new Map<string, KnownFile>();
  const all = createHash('sha256');
  let bytes = 0n;
  const files = before && before.size <= FEW_FILES ? filesAtOnce(folder) : filesBelow(folder);
  for await (const { path, stats } of files) {
    if (now.size === MOST_FILES) break;
    bytes += stats.size;
    const isRead = stats.size <= LARGEST_READ && bytes <= MOST_READ;
    const state = fileState(stats);
    const last = isRead ? before?.get(path) : undefined;
    const digest =
      last && state && last.state === state ? last.digest : await digestOf(join(folder, path), stats, isRead);
    // What can't be read now, for want of descriptors say, looks the same when it can be.
    now.set(path, { state: digest === UNREADABLE ? undefined : state, digest });
    all.update(`${path}\0${stats.mode & 0o100n ? 'x' : '-'} ${digest}\n`);
  }
  known.set(folder, now);
  return all.digest('hex');
}

/** Files and links, in order of their paths. */
async function* filesBelow(folder: string, below = ''): AsyncGenerator<FoundFile> {
  const names = await readdir(join(folder, below)).catch(() => []);
  const found = await Promise.all(
    hashed(names).map(async (name) => {
      const path = join(below, name);
      return { path, stats: await lstat(join(folder, path), { bigint: true }).catch(() => undefined) };
    }),
  );
  for (const { path, stats } of found) {
    if (stats?.isDirectory()) yield* filesBelow(folder, path);
    else if (stats?.isFile() || stats?.isSymbolicLink()) yield { path, stats };
  }
}

/** The same, while everything else waits. */
function* filesAtOnce(folder: string, below = ''): Generator<FoundFile> {
  const names = orUndefined(() => readdirSync(join(folder, below))) ?? [];
  for (const name of hashed(names)) {
    const path = join(below, name);
    const stats = orUndefined(() => lstatSync(join(folder, path), { bigint: true }));
    if (stats?.isDirectory()) yield* filesAtOnce(folder, path);
    else if (stats?.isFile() || stats?.isSymbolicLink()) yield { path, stats };
  }
}

function orUndefined<Found>(look: () => Found): Found | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Of the names in a folder, those that count, in order. */
function hashed(names: readonly string[]): string[] {
  return names
    .filter((name) => !NOT_HASHED.test(name) && !name.startsWith(ENVIRONMENT))
    .toSorted()
    .slice(0, MOST_FILES);
}

async function digestOf(path: string, stats: BigIntStats, isRead: boolean): Promise<string> {
  try {
    if (stats.isSymbolicLink()) return `link ${await readlink(path)}`;
    if (!isRead) return `size ${stats.size} time ${stats.mtimeNs}`;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch {
    return UNREADABLE;
  }
}
