import { parseAllDocuments } from 'yaml';

/** The value of a text in YAML, or what is wrong with it. */
export type YamlRead = { readonly value: unknown } | { readonly failure: string };

/** Aliases that point to aliases make a small file enormous. */
const MOST_ALIASES = 100;

/** Reads YAML; of several documents it makes a list. */
export function parseYaml(text: string): YamlRead {
  try {
    const parsed = parseAllDocuments(text);
    // Of an empty text there is no document.
    const documents = 'empty' in parsed ? [] : parsed;
    const error = documents.flatMap(({ errors }) => errors)[0];
    if (error) return { failure: error.message.split(':\n')[0] ?? '' };
    const values = documents.map((document) => document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown);
    return { value: values.length === 1 ? values[0] : values };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
