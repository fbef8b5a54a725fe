import { type Document, parseAllDocuments, visit } from 'yaml';

/** The value of a text in YAML, or what is wrong with it. */
export type YamlRead = { readonly value: unknown } | { readonly failure: string };

/** Aliases that point to aliases make a small file enormous. */
const MOST_ALIASES = 100;
/** Of a whole number that may be beyond 2⁵³, also of one to the base of 16. */
const MANY_DIGITS = /[\da-f]{14}/i;
/** Maps and sets come of tags alone. */
const HAS_TAGS = /!/;

/** Reads YAML; of several documents it makes a list. */
export function parseYaml(text: string): YamlRead {
  try {
    const intAsBigInt = MANY_DIGITS.test(text);
    const parsed = parseAllDocuments(text, { intAsBigInt });
    // Of an empty text there is no document.
    const documents = 'empty' in parsed ? [] : parsed;
    const error = documents.flatMap(({ errors }) => errors)[0];
    if (error) return { failure: error.message.split(':\n')[0] ?? '' };
    if (intAsBigInt) documents.forEach(makeNumbers);
    const values = documents.map((document) => document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown);
    const value = values.length === 1 ? values[0] : values;
    return { value: HAS_TAGS.test(text) ? withoutCollections(value) : value };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/** As JSON has them: an ordered map (`!!omap`) is an object, and a set (`!!set`) a list of what is in it. */
function withoutCollections(root: unknown): unknown {
  /** Aliases point to the same again, and may point to what they are in. */
  const known = new Map<object, object>();
  const left: Record<string, unknown>[] = [];
  const plain = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value))
      return value;
    const made = known.get(value) ?? plainCollection(value);
    if (!known.has(value)) left.push(made as Record<string, unknown>);
    known.set(value, made);
    return made;
  };
  const value = plain(root);
  for (let next = left.pop(); next; next = left.pop())
    for (const key of Object.keys(next)) next[key] = plain(next[key]);
  return value;
}

function plainCollection(value: object): object {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [keyText(key), one]));
  return value instanceof Set ? [...value] : value;
}

/** As in other maps; a key may be a list or a map itself. */
function keyText(key: unknown): string {
  if (key === null) return '';
  if (typeof key !== 'object') return String(key);
  return JSON.stringify(key, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

/** Only what is beyond 2⁵³ stays a BigInt. */
function makeNumbers(document: Document): void {
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'bigint' && Number.isSafeInteger(Number(node.value)))
        node.value = Number(node.value);
    },
  });
}
