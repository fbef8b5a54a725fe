import type { Root } from 'hast';
import { askWorker } from '../../ui/ask-worker.ts';
import HighlightThread from './highlight.worker.ts?worker';
import { highlightNow } from './highlight-now.ts';

/** Characters that are coloured at once. With longer texts the patterns of some languages take minutes. */
const SHORT = 2000;
const PATIENCE_MS = 4000;

/** The parts of a source text; undefined for a language that is not known, and for a text that takes too long. */
export async function highlight(text: string, language: string | undefined): Promise<Root | undefined> {
  if (language === undefined || text.length <= SHORT) return highlightNow(text, language);
  const thread = new HighlightThread();
  try {
    return await askWorker<Root | undefined>(thread, { text, language }, PATIENCE_MS);
  } catch {
    return undefined;
  } finally {
    thread.terminate();
  }
}
