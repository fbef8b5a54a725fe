import { highlightNow } from './highlight-now.ts';

self.onmessage = async ({ data: { text, language } }: MessageEvent<{ text: string; language: string }>) =>
  self.postMessage(await highlightNow(text, language));
