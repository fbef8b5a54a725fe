import type { FileKind } from './file-source.ts';

/** Aliases that point to aliases make a small file enormous. */
const MOST_ALIASES = 100;

/**
 * The value that a file of JSON or YAML holds; of several documents, a list.
 *
 * @throws Error that says where the text is wrong.
 */
export async function parseTree(text: string, { name, type }: FileKind): Promise<unknown> {
  if (/json/.test(type) || /\.json$/i.test(name)) {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new Error(`This is no valid JSON: ${(error as Error).message}`);
    }
  }
  const { parseAllDocuments } = await import('yaml');
  const parsed = parseAllDocuments(text);
  // Of an empty text there is no document.
  const documents = 'empty' in parsed ? [] : parsed;
  const values = documents.map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`This is no valid YAML: ${error.message.split(':\n')[0]}`);
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  });
  return values.length === 1 ? values[0] : values;
}
