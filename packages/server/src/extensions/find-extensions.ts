import { isUtf8 } from 'node:buffer';
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as everythingElse } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import type { Extension, ExtensionProblem } from './extension.ts';
import { fileState } from './file-state.ts';
import { MANIFEST, type ParsedManifest, parseManifest } from './parse-manifest.ts';

/** What the catalogue needs. */
export type CatalogueNeeds = Pick<Services, 'config' | 'log'>;

/** The extensions of a server. */
export interface Catalogue {
  /** Sorted by name. Two folders may have one name; then neither runs. */
  readonly extensions: readonly Extension[];
  /** Folders that are left out, sorted. */
  readonly problems: readonly ExtensionProblem[];
}

/** What is being read or was, and in which state the file was. */
interface Known {
  readonly state: string;
  readonly parsed: Promise<ParsedManifest>;
}

const LARGEST_MANIFEST_BYTES = 64 * 1024;

/**
 * By the path of the folder. The system has in its memory what was looked at before: it is looked at again at once, since
 * through the threads for files it takes a millisecond, for which every task would wait.
 */
const known = new Map<string, Known>();
/** Problems that were logged, by the path of the folder. */
const logged = new Map<string, string>();
/** Of all requests together, one manifest is parsed at a time. */
let turn: Promise<unknown> = Promise.resolve();

const NO_FOLDER =
  'the setting --extensions-dir (AQUEDUCT_EXTENSIONS_DIR) must name a folder, but this is none';

/**
 * Looks through the extensions directory, which may change at any time: every call sees it as it is, but only manifests
 * that have changed are read again. A bad one hides only itself, and is logged once. Folders without a manifest and
 * hidden ones are none of ours; a directory that isn't there is an empty one, and what is no directory a problem.
 */
export async function findExtensions({ config, log }: CatalogueNeeds): Promise<Catalogue> {
  const extensions: Extension[] = [];
  const problems: ExtensionProblem[] = [];
  for (const { name, path, parsed } of await lookThrough(config.extensionsDir)) {
    if (!parsed || 'extension' in parsed) {
      logged.delete(path);
      if (parsed) extensions.push(parsed.extension);
      continue;
    }
    problems.push({ folder: name, message: parsed.problem });
    if (logged.get(path) === parsed.problem) continue;
    logged.set(path, parsed.problem);
    log.warn({ folder: name, problem: parsed.problem, err: parsed.cause }, 'an extension is left out');
  }
  extensions.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return { extensions, problems };
}

interface LookedAt {
  readonly name: string;
  readonly path: string;
  /** Undefined where there is no manifest. */
  readonly parsed: ParsedManifest | undefined;
}

async function lookThrough(directory: string): Promise<readonly LookedAt[]> {
  const names = await namesIn(directory);
  if (!names) return [{ name: basename(directory), path: directory, parsed: { problem: NO_FOLDER } }];
  logged.delete(directory);
  const folders = names.filter((name) => !name.startsWith('.')).sort();
  return Promise.all(
    folders.map(async (name) => {
      const path = join(directory, name);
      return { name, path, parsed: await look(path) };
    }),
  );
}

/** Reads the manifest of a folder, or remembers it; undefined where there is none. */
async function look(folder: string): Promise<ParsedManifest | undefined> {
  const path = join(folder, MANIFEST);
  let stats: BigIntStats;
  try {
    stats = known.has(folder) ? statSync(path, { bigint: true }) : await stat(path, { bigint: true });
  } catch (error) {
    known.delete(folder);
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? undefined
      : { problem: `${MANIFEST} can't be read: ${code}` };
  }
  const state = fileState(stats);
  const last = known.get(folder);
  if (last && last.state === state) return last.parsed;
  const parsed = readManifest(folder, stats);
  if (state) known.set(folder, { state, parsed });
  return parsed;
}

async function readManifest(folder: string, stats: BigIntStats): Promise<ParsedManifest> {
  if (!stats.isFile()) return { problem: `${MANIFEST} must be a file` };
  if (stats.size > LARGEST_MANIFEST_BYTES) {
    return { problem: `${MANIFEST} must not be larger than ${LARGEST_MANIFEST_BYTES / 1024} KiB` };
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, MANIFEST));
  } catch (error) {
    // It may be readable the next time.
    known.delete(folder);
    return { problem: `${MANIFEST} can't be read: ${codeOf(error)}` };
  }
  if (!isUtf8(bytes)) return { problem: `${MANIFEST} must be a text in UTF-8` };
  turn = turn.then(() => everythingElse());
  await turn;
  return parseManifest(bytes.toString(), folder);
}

/** Undefined where it is no folder. */
async function namesIn(folder: string): Promise<string[] | undefined> {
  try {
    return known.size > 0 ? readdirSync(folder) : await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
