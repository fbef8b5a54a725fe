import { askWorker, TooSlow } from '../../ui/ask-worker.ts';
import type { FileKind } from './file-source.ts';
import { jsonFault } from './json-fault.ts';
import { parseJson } from './parse-json.ts';
import type { YamlRead } from './parse-yaml.ts';
import { UnfitText } from './unfit-text.ts';
import YamlThread from './yaml.worker.ts?worker';

const PATIENCE_MS = 15_000;

/**
 * The value that a file of JSON or YAML holds; of several documents, a list. Whole numbers beyond 2⁵³ are BigInt.
 *
 * @param signal - ends the worker that reads YAML.
 * @throws Error that says where the text is wrong.
 */
export async function parseTree(
  text: string,
  { name, type }: FileKind,
  signal?: AbortSignal,
): Promise<unknown> {
  if (/json/.test(type) || /\.json$/i.test(name)) {
    try {
      return parseJson(text);
    } catch (error) {
      throw new UnfitText('This is no valid JSON', jsonFault(text, error as Error));
    }
  }
  const thread = new YamlThread();
  try {
    const read = await askWorker<YamlRead>(thread, text, PATIENCE_MS, signal);
    if ('failure' in read) throw new UnfitText('This is no valid YAML', read.failure);
    return read.value;
  } catch (error) {
    throw error instanceof TooSlow
      ? new Error('This YAML takes too long to be read. See it as text.')
      : error;
  } finally {
    thread.terminate();
  }
}
