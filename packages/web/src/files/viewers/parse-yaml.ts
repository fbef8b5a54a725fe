import { type Document, parseAllDocuments, visit } from 'yaml';

/** The value of a text in YAML, or what is wrong with it. */
export type YamlRead = { readonly value: unknown } | { readonly failure: string };

/** Aliases that point to aliases make a small file enormous. */
const MOST_ALIASES = 100;
/** Of a whole number that may be beyond 2⁵³, also of one to the base of 16. */
const MANY_DIGITS = /[\da-f]{14}/i;

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
    return { value: values.length === 1 ? values[0] : values };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
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
