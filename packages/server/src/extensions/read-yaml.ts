import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  parseDocument,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml';
import type { YamlValue } from './python-literal.ts';
import { pyYamlTags } from './pyyaml-tags.ts';

/** Enough for anchors that save typing. */
const MOST_ALIASES = 100;
/** Of a text with its aliases written out, in characters; each value counts as some more, since each costs time. */
const MOST_WRITTEN_OUT = 256 * 1024;
const EACH_VALUE = 16;
/** Words and signs of YAML, which reading takes its time for. Manifests have some hundreds. */
const MOST_TOKENS = 10_000;
/** Lists and mappings in each other, the text around them counted: the library takes some of the stack for each. */
const DEEPEST = 100;

/** Where in a document something is: keys and, in lists, numbers from 0. */
export type YamlPath = readonly (string | number)[];

/** What a YAML text says. */
export interface YamlContent {
  readonly value: YamlValue;
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
 * boolean, `010` is 8, `1:30` is 90, and `1e5` is a text. Repeated keys, tags of other languages, several documents,
 * and what would keep everything else waiting, such as bombs of aliases, are refused.
 *
 * @throws YamlError
 */
export function readYaml(written: string): YamlContent {
  // As old editors of the Mac end lines: the library takes them for characters of a line.
  const text = written.replace(/\r(?!\n)/g, '\n');
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line;
  requireReadable(text, lines);
  const document = withoutTraces(() =>
    parseDocument(text, {
      version: '1.1',
      schema: 'failsafe',
      customTags: pyYamlTags,
      resolveKnownTags: false,
      merge: true,
      // Checked below: the library compares every key with every other.
      uniqueKeys: false,
      prettyErrors: false,
    }),
  );
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw new YamlError(messageOf(fault), lineAt(fault.pos[0]));

  checkKeysAndAliases(document, lineAt);
  try {
    // Aliases are checked above: the library looks through the whole document for each of them.
    const value: YamlValue = document.toJS({ mapAsMap: true, maxAliasCount: -1 });
    return { value, lineOf: (path) => lineAt(offsetOf(document, path)) };
  } catch (error) {
    throw new YamlError(error instanceof Error ? error.message : 'it can not be read', 1);
  }
}

/** The library's own advice for several documents is for programmers. */
function messageOf({ code, message }: YAMLParseError | YAMLWarning): string {
  return code === 'MULTIPLE_DOCS' ? 'another document begins here; only one is taken' : message;
}

/** Refuses what reading would take its time or all of the stack for; counts the lines meanwhile. */
function requireReadable(text: string, lines: LineCounter): void {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let tokens = 0;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > MOST_TOKENS) throw new YamlError(`it has more than ${MOST_TOKENS} words and signs`, 1);
    // Looked at after each token: what closes a nested list closes one within the other.
    for (const _ of parser.next(token));
    if (parser.stack.length > DEEPEST)
      throw new YamlError('it is nested too deeply', lines.linePos(parser.offset).line);
  }
}

/** The library makes an error of every fault in a text; tens of thousands of them cost little without their traces. */
function withoutTraces<Result>(work: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function checkKeysAndAliases(document: Document, lineAt: (offset: number) => number): void {
  const fail = (node: unknown, message: string): never => {
    throw new YamlError(message, lineAt((isNode(node) && node.range?.[0]) || 0));
  };
  /** How long what an anchor names is when it is written out. */
  const sizes = new Map<string, number>();
  let aliases = 0;
  let writtenOut = 0;

  const look = (node: unknown): void => {
    if (isPair(node)) {
      look(node.key);
      look(node.value);
      return;
    }
    const before = writtenOut;
    writtenOut += EACH_VALUE;
    if (isAlias(node)) {
      aliases += 1;
      if (aliases > MOST_ALIASES) fail(node, `it has more than ${MOST_ALIASES} aliases`);
      const size =
        sizes.get(node.source) ?? fail(node, `nothing is called "&${node.source}" before this alias`);
      writtenOut += size;
      if (writtenOut > MOST_WRITTEN_OUT) fail(node, 'it repeats too much by aliases; write it out shorter');
      return;
    }
    const anchor = isNode(node) ? node.anchor : undefined;
    // It ends before there is an alias of it: nothing could write out what holds itself.
    if (anchor) sizes.delete(anchor);
    if (isScalar(node)) writtenOut += node.source?.length ?? 0;
    if (isMap(node)) checkKeys(node.items, fail);
    if (isCollection(node)) node.items.forEach(look);
    if (anchor) sizes.set(anchor, writtenOut - before);
  };
  look(document.contents);
}

function checkKeys(
  items: readonly { readonly key: unknown }[],
  fail: (node: unknown, message: string) => never,
): void {
  const keys = new Set<string>();
  for (const { key } of items) {
    const name = isScalar(key) ? String(key.value) : fail(key, 'a key must be a single value');
    if (keys.has(name)) fail(key, `the key "${name}" is there before`);
    keys.add(name);
  }
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
