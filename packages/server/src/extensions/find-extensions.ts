import { isUtf8 } from 'node:buffer';
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as everythingElse } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import type { Config } from '../platform/config/config.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import type { Extension, ExtensionProblem } from './extension.ts';
import { fileState } from './file-state.ts';
import { MANIFEST, type ParsedManifest, parseManifest } from './parse-manifest.ts';

/** What the catalogue needs. */
export type CatalogueNeeds = Pick<Services, 'config' | 'log'>;
type Place = Pick<Config, 'dataDir' | 'extensionsDir'>;

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

const MUST_NAME = 'the setting --extensions-dir (AQUEDUCT_EXTENSIONS_DIR) must name a folder, but';

/**
 * Looks through the extensions directory, which may change at any time: every call sees it as it is, but only manifests
 * that have changed are read again. A bad one hides only itself, and is logged once. Folders without a manifest and
 * hidden ones are none of ours; the directory of a data folder may be missing, but one that the setting names and that isn't
 * there, or is no directory, is a problem.
 */
export async function findExtensions({ config, log }: CatalogueNeeds): Promise<Catalogue> {
  const extensions: Extension[] = [];
  const problems: ExtensionProblem[] = [];
  for (const { name, path, parsed } of await lookThrough(config)) {
    if (!parsed || 'extension' in parsed) {
      logged.delete(path);
      if (parsed) extensions.push(parsed.extension);
      continue;
    }
    problems.push({ folder: name, message: parsed.problem });
    logOnce(log, path, parsed.problem, parsed.cause);
  }
  extensions.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return { extensions, problems };
}

/** Says at the start what is wrong with the extensions directory itself; what lies in it is read when somebody asks. */
export async function noteExtensionsFolder({ config, log }: CatalogueNeeds): Promise<void> {
  const names = await namesIn(config).catch(() => []);
  if (typeof names === 'string') logOnce(log, config.extensionsDir, names);
}

function logOnce(log: Logger, path: string, problem: string, err?: unknown): void {
  if (logged.get(path) === problem) return;
  logged.set(path, problem);
  log.warn({ folder: basename(path), path, problem, err }, 'an extension is left out');
}

/** Whether the extensions directory is that of the data folder, which nobody needs to make. */
export function isUsualFolder({ extensionsDir, dataDir }: Place): boolean {
  return extensionsDir === join(dataDir, 'extensions');
}

interface LookedAt {
  readonly name: string;
  readonly path: string;
  /** Undefined where there is no manifest. */
  readonly parsed: ParsedManifest | undefined;
}

async function lookThrough(config: Place): Promise<readonly LookedAt[]> {
  const directory = config.extensionsDir;
  const names = await namesIn(config);
  if (typeof names === 'string') {
    return [{ name: basename(directory), path: directory, parsed: { problem: names } }];
  }
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

/** A text where they can't be told, which says why. */
async function namesIn({ extensionsDir, dataDir }: Place): Promise<readonly string[] | string> {
  try {
    return known.size > 0 ? readdirSync(extensionsDir) : await readdir(extensionsDir);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTDIR') return `${MUST_NAME} this is none`;
    if (code !== 'ENOENT') throw error;
    return isUsualFolder({ extensionsDir, dataDir }) ? [] : `${MUST_NAME} this is not there`;
  }
}
