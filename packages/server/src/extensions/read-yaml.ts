import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import { pyYamlTags } from './pyyaml-tags.ts';

/** Enough for anchors that save typing, too few for a bomb. */
const MOST_ALIASES = 100;

/** Where in a document something is: keys and, in lists, numbers from 0. */
export type YamlPath = readonly (string | number)[];

/** What a YAML text says. */
export interface YamlContent {
  /** Texts, booleans, null, bigint for whole numbers, number for others, lists and objects. */
  readonly value: unknown;
  /** The line, counted from 1, of the value at a path, or of what comes closest to it. */
  lineOf(path: YamlPath): number;
}

/** Why a text is no YAML that we take. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * Reads a text as PyYAML's safe loader does, which the original's manifests were written for: YAML 1.1, where `on` is a
 * boolean, `010` is 8, `1:30` is 90, and `1e5` is a text. Repeated keys, tags of other languages, several documents
 * and bombs of aliases are refused.
 *
 * @throws YamlError
 */
export function readYaml(text: string): YamlContent {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    schema: 'failsafe',
    customTags: pyYamlTags,
    resolveKnownTags: false,
    merge: true,
    // Checked below: the library compares every key with every other.
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
  });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const [fault] = [...document.errors, ...document.warnings];
  if (fault?.code === 'RESOURCE_EXHAUSTION')
    throw new YamlError('it is nested too deeply', lineAt(fault.pos[0]));
  if (fault) throw new YamlError(fault.message, lineAt(fault.pos[0]));

  checkKeysAndAliases(document, lineAt);
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { value, lineOf: (path) => lineAt(offsetOf(document, path)) };
  } catch (error) {
    throw new YamlError(error instanceof Error ? error.message : 'it can not be read', 1);
  }
}

function checkKeysAndAliases(document: Document, lineAt: (offset: number) => number): void {
  const fail = (node: unknown, message: string): never => {
    throw new YamlError(message, lineAt((isNode(node) && node.range?.[0]) || 0));
  };
  let aliases = 0;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<string>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : fail(key, 'a key must be a single value');
        if (keys.has(name)) fail(key, `the key "${name}" is there before`);
        keys.add(name);
      }
    },
    Alias(_, alias) {
      aliases += 1;
      if (aliases > MOST_ALIASES) fail(alias, `it has more than ${MOST_ALIASES} aliases`);
      if (!alias.resolve(document)) fail(alias, `nothing is called "&${alias.source}" before this alias`);
    },
  });
}

function offsetOf(document: Document, path: YamlPath): number {
  let node: unknown = document.contents;
  let offset = 0;
  const look = (found: unknown) => {
    if (isNode(found)) offset = found.range?.[0] ?? offset;
  };
  look(node);
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      look(pair?.key);
      node = pair?.value;
    } else {
      node = isSeq(node) ? node.items[Number(step)] : undefined;
      look(node);
    }
  }
  return offset;
}
