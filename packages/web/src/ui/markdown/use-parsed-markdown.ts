import { useEffect, useMemo, useState } from 'react';
import { askWorker } from '../ask-worker.ts';
import MarkdownThread from './markdown.worker.ts?worker';
import { type ParsedMarkdown, parseMarkdown } from './parse-markdown.ts';

/** Characters that are parsed at once, whatever they are. Of longer texts some take minutes, and are made so. */
const SHORT = 10_000;
const PATIENCE_MS = 10_000;

/** A text as elements; undefined while a long one is parsed beside the page, and `"too slow"` when that takes too long. */
export function useParsedMarkdown(text: string): ParsedMarkdown | 'too slow' | undefined {
  const short = useMemo(() => (text.length <= SHORT ? parseMarkdown(text) : undefined), [text]);
  const [long, setLong] = useState<ParsedMarkdown | 'too slow'>();
  useEffect(() => {
    if (text.length <= SHORT) return;
    const leaving = new AbortController();
    const thread = new MarkdownThread();
    askWorker<ParsedMarkdown>(thread, text, PATIENCE_MS, leaving.signal)
      .catch(() => 'too slow' as const)
      .then((parsed) => {
        thread.terminate();
        if (!leaving.signal.aborted) setLong(parsed);
      });
    return () => leaving.abort();
  }, [text]);
  // While a new version is parsed, the one before stays.
  return short ?? long;
}
