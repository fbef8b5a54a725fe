import { parseMarkdown } from './parse-markdown.ts';

self.onmessage = ({ data }: MessageEvent<string>) => self.postMessage(parseMarkdown(data));
