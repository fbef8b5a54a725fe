import { isUtf8 } from 'node:buffer';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Services } from '../access/context.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import type { Extension, ExtensionProblem } from './extension.ts';
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

/** What was read, and of which state of the file. */
interface Known {
  readonly state: string;
  readonly parsed: Promise<ParsedManifest>;
}

const LARGEST_MANIFEST_BYTES = 256 * 1024;

/** By the path of the directory, then by folder. */
const known = new Map<string, Map<string, Known>>();

/**
 * Looks through the extensions directory, which may change at any time: every call sees it as it is, but only manifests
 * that have changed are read again. A bad one hides only itself, and is logged once. Folders without a manifest and
 * hidden ones are none of ours; a directory that isn't there is an empty one.
 */
export async function findExtensions(needs: CatalogueNeeds): Promise<Catalogue> {
  const { extensionsDir } = needs.config;
  const folders = (await namesIn(extensionsDir)).filter((name) => !name.startsWith('.')).sort();
  const before = known.get(extensionsDir) ?? new Map<string, Known>();
  known.set(extensionsDir, before);
  for (const folder of before.keys()) if (!folders.includes(folder)) before.delete(folder);

  const extensions: Extension[] = [];
  const problems: ExtensionProblem[] = [];
  const all = await Promise.all(folders.map((folder) => look(needs, folder, before)));
  for (const [i, parsed] of all.entries()) {
    if (parsed && 'extension' in parsed) extensions.push(parsed.extension);
    else if (parsed) problems.push({ folder: folders[i] ?? '', message: parsed.problem });
  }
  extensions.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return { extensions, problems };
}

/** Reads the manifest of a folder, or remembers it; undefined where there is none. */
async function look(
  needs: CatalogueNeeds,
  folder: string,
  before: Map<string, Known>,
): Promise<ParsedManifest | undefined> {
  const path = join(needs.config.extensionsDir, folder);
  const found = await stat(join(path, MANIFEST), { bigint: true }).catch((error: unknown) => codeOf(error));
  if (found === 'ENOENT' || found === 'ENOTDIR') {
    before.delete(folder);
    return undefined;
  }
  const state =
    typeof found === 'string' ? found : [found.ino, found.size, found.mtimeNs, found.ctimeNs].join();
  const last = before.get(folder);
  if (last?.state === state) return last.parsed;

  const parsed =
    typeof found === 'string'
      ? Promise.resolve({ problem: `${MANIFEST} can't be read: ${found}` })
      : readManifest(path, found.isFile(), found.size);
  // Kept before it is read, so that requests of the same moment read and log it once.
  before.set(folder, { state, parsed });
  const result = await parsed;
  if ('problem' in result) needs.log.warn({ folder, problem: result.problem }, 'an extension is left out');
  return result;
}

async function readManifest(path: string, isFile: boolean, size: bigint): Promise<ParsedManifest> {
  if (!isFile) return { problem: `${MANIFEST} must be a file` };
  if (size > LARGEST_MANIFEST_BYTES) {
    return { problem: `${MANIFEST} must not be larger than ${LARGEST_MANIFEST_BYTES / 1024} KiB` };
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(join(path, MANIFEST));
  } catch (error) {
    return { problem: `${MANIFEST} can't be read: ${codeOf(error)}` };
  }
  return isUtf8(bytes)
    ? parseManifest(bytes.toString(), path)
    : { problem: `${MANIFEST} must be a text in UTF-8` };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
