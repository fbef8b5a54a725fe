import { isUtf8 } from 'node:buffer';
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as everythingElse } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import type { Config } from '../platform/config/config.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import type { Extension, ExtensionProblem } from './extension.ts';
import { fileState } from './file-state.ts';
import { misplacedManifest } from './misplaced-manifest.ts';
import { MANIFEST, type ParsedManifest, parseManifest } from './parse-manifest.ts';

/** What the catalogue needs. */
export type CatalogueNeeds = Pick<Services, 'config' | 'log'>;
type Place = Pick<Config, 'dataDir' | 'extensionsDir'>;

/** The extensions of a server. */
export interface Catalogue {
  /** Sorted by name. Two folders may have one name; then neither runs. */
  readonly extensions: readonly Extension[];
  /** Folders that are left out, can't be run, or hold a likely mistake, sorted. */
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

const MAY_NOT = "the server's user may not read it; let that user read and enter it";
/** Why a directory can't be read, and what to do. */
const UNREADABLE: Readonly<Record<string, string>> = {
  EACCES: MAY_NOT,
  EPERM: MAY_NOT,
  ELOOP: 'its path has links that lead in a circle; mend them',
  ENAMETOOLONG: 'its path is too long for the system; name a shorter one',
};
/** Of the server as a whole, and they pass: nothing is known of what was to be read. */
const OUT_OF_MEANS = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);
/** What stands in a text for bytes that are none. */
const NO_TEXT = '\ufffd';

const MUST_NAME = 'the setting --extensions-dir (AQUEDUCT_EXTENSIONS_DIR) must name a folder, but';

/**
 * Looks through the extensions folder, which may change at any time: every call sees it as it is, but only manifests
 * that have changed are read again. A bad one hides only itself, and is logged once. Hidden folders, and those that hold
 * no manifest by any mistake that we know, are none of ours; `extensions` of a data folder may be missing, but one that
 * the setting names and that isn't there, or any that can't be read, is a problem.
 *
 * @throws the system's error where it has no more descriptors or memory
 */
export async function findExtensions({ config, log }: CatalogueNeeds): Promise<Catalogue> {
  const extensions: Extension[] = [];
  const problems: ExtensionProblem[] = [];
  const found = await lookThrough(config);
  for (const { parsed } of found) if (parsed && 'extension' in parsed) extensions.push(parsed.extension);
  const folders = Map.groupBy(extensions, ({ name }) => name);
  for (const { name, path, parsed } of found) {
    const problem = problemOf(parsed, folders);
    if (problem === undefined) {
      logged.delete(path);
      continue;
    }
    problems.push({ folder: name, message: problem.problem });
    logOnce(log, path, problem.problem, problem.cause);
  }
  extensions.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return { extensions, problems };
}

/** What is wrong with a folder; those that have one name are listed all the same, as the original did. */
function problemOf(
  parsed: ParsedManifest | undefined,
  byName: ReadonlyMap<string, readonly Extension[]>,
): Extract<ParsedManifest, { problem: string }> | undefined {
  if (!parsed || 'problem' in parsed) return parsed;
  const { name, folder } = parsed.extension;
  const others = (byName.get(name) ?? []).filter((other) => other.folder !== folder);
  if (others.length === 0) return parsed.notice === undefined ? undefined : { problem: parsed.notice };
  const where = others.map((other) => basename(other.folder)).join(', ');
  return {
    problem: `its name "${name}" is also that of the extension in ${where}; none of them can be run. Rename one`,
  };
}

/** Says at the start what is wrong with the extensions folder itself; what lies in it is read when somebody asks. */
export async function noteExtensionsFolder({ config, log }: CatalogueNeeds): Promise<void> {
  const names = await namesIn(config).catch(() => []);
  if (typeof names === 'string') logOnce(log, config.extensionsDir, names);
}

function logOnce(log: Logger, path: string, problem: string, err?: unknown): void {
  if (logged.get(path) === problem) return;
  logged.set(path, problem);
  log.warn({ folder: basename(path), path, problem, err }, 'something is wrong in the extensions folder');
}

/** Whether the extensions folder is that of the data folder, which nobody needs to make. */
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
  const folders = names.filter((name) => !name.toString().startsWith('.')).sort(inOrder);
  return Promise.all(
    folders.map(async (name) => {
      if (typeof name !== 'string') return lookAtBytes(directory, name);
      const path = join(directory, name);
      return { name, path, parsed: await look(path) };
    }),
  );
}

function inOrder(one: Name, other: Name): number {
  const [a, b] = [one.toString(), other.toString()];
  return a < b ? -1 : Number(a > b);
}

/** The path of such a folder is no text that programs could be given: it is only told that it is there. */
async function lookAtBytes(directory: string, bytes: Buffer): Promise<LookedAt> {
  const path = Buffer.concat([Buffer.from(join(directory, '/')), bytes, Buffer.from(`/${MANIFEST}`)]);
  const hasManifest = await access(path).then(
    () => true,
    (error: unknown) => !isAbsent(codeOf(error)),
  );
  const shown = escaped(bytes);
  const problem = `the name of the folder must be UTF-8, but is "${shown}"; rename it`;
  return {
    name: bytes.toString(),
    path: join(directory, shown),
    parsed: hasManifest ? { problem } : undefined,
  };
}

/** As shells show it: `caf\xe9`. */
function escaped(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Reads the manifest of a folder, or remembers it; undefined where there is none. */
async function look(folder: string): Promise<ParsedManifest | undefined> {
  const path = join(folder, MANIFEST);
  let stats: BigIntStats;
  try {
    stats = known.has(folder) ? statSync(path, { bigint: true }) : await stat(path, { bigint: true });
  } catch (error) {
    known.delete(folder);
    return isAbsent(codeOf(error)) ? misplacedManifest(folder) : unreadable(error);
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
    return unreadable(error);
  }
  if (!isUtf8(bytes)) return { problem: `${MANIFEST} must be a text in UTF-8` };
  turn = turn.then(() => everythingElse());
  await turn;
  return parseManifest(bytes.toString(), folder);
}

function isAbsent(code: string): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function unreadable(error: unknown): ParsedManifest {
  if (OUT_OF_MEANS.has(codeOf(error))) throw error;
  return { problem: `${MANIFEST} can't be read: ${codeOf(error)}` };
}

/** The bytes of one that is no text. */
type Name = string | Buffer;

/** A text where they can't be told, which says why. */
async function namesIn({ extensionsDir, dataDir }: Place): Promise<readonly Name[] | string> {
  try {
    const names = known.size > 0 ? readdirSync(extensionsDir) : await readdir(extensionsDir);
    if (!names.some((name) => name.includes(NO_TEXT))) return names;
    const all = await readdir(extensionsDir, { encoding: 'buffer' });
    return all.map((bytes) => (isUtf8(bytes) ? bytes.toString() : bytes));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTDIR') return `${MUST_NAME} this is none`;
    if (code === 'ENOENT')
      return isUsualFolder({ extensionsDir, dataDir }) ? [] : `${MUST_NAME} this is not there`;
    if (code === '' || OUT_OF_MEANS.has(code)) throw error;
    const reason = UNREADABLE[code] ?? `the system answers ${code}; see to it, or name another one`;
    return `the extensions folder (--extensions-dir, AQUEDUCT_EXTENSIONS_DIR) can't be read: ${reason}`;
  }
}
