import { isUtf8 } from 'node:buffer';
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
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

/** What was read, and in which state the file was. */
interface Known {
  readonly state: string;
  readonly parsed: ParsedManifest;
}

const LARGEST_MANIFEST_BYTES = 256 * 1024;

/**
 * By the path of the folder. The system has in its memory what was looked at before: it is looked at again at once, since
 * through the threads for files it takes a millisecond, for which every task would wait.
 */
const known = new Map<string, Known>();
/** Problems that were logged, by the path of the folder. */
const logged = new Map<string, string>();

/**
 * Looks through the extensions directory, which may change at any time: every call sees it as it is, but only manifests
 * that have changed are read again. A bad one hides only itself, and is logged once. Folders without a manifest and
 * hidden ones are none of ours; a directory that isn't there is an empty one.
 */
export async function findExtensions({ config, log }: CatalogueNeeds): Promise<Catalogue> {
  const folders = (await namesIn(config.extensionsDir)).filter((name) => !name.startsWith('.')).sort();
  const extensions: Extension[] = [];
  const problems: ExtensionProblem[] = [];
  const all = folders.map(async (name) => ({ name, parsed: await look(join(config.extensionsDir, name)) }));
  for (const { name, parsed } of await Promise.all(all)) {
    const path = join(config.extensionsDir, name);
    if (!parsed || 'extension' in parsed) {
      logged.delete(path);
      if (parsed) extensions.push(parsed.extension);
      continue;
    }
    problems.push({ folder: name, message: parsed.problem });
    if (logged.get(path) === parsed.problem) continue;
    logged.set(path, parsed.problem);
    log.warn({ folder: name, problem: parsed.problem }, 'an extension is left out');
  }
  extensions.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return { extensions, problems };
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
  const parsed = await readManifest(folder, stats);
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
    return { problem: `${MANIFEST} can't be read: ${codeOf(error)}` };
  }
  return isUtf8(bytes)
    ? parseManifest(bytes.toString(), folder)
    : { problem: `${MANIFEST} must be a text in UTF-8` };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return known.size > 0 ? readdirSync(folder) : await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
