import { isRecord } from '../is-record.ts';
import { listOf, textOf } from './parts.ts';

/** What a cell gave, in the richest form that can be shown. Scripts and widgets never are. */
export type ShownOutput =
  | { readonly kind: 'text'; readonly text: string; readonly isError: boolean }
  | { readonly kind: 'image'; readonly address: string; readonly alt: string }
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'formula'; readonly tex: string }
  | { readonly kind: 'tree'; readonly value: unknown }
  | { readonly kind: 'unknown'; readonly types: readonly string[] };

const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
/** Format 3 has short names. */
const SHORT: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  html: 'text/html',
  latex: 'text/latex',
  text: 'text/plain',
};

/** The outputs of a cell. Texts of one stream that follow each other are one. */
export function parseOutputs(outputs: readonly unknown[]): readonly ShownOutput[] {
  const shown: ShownOutput[] = [];
  for (const output of outputs.filter(isRecord)) {
    const next = outputOf(output);
    const last = shown.at(-1);
    if (next.kind === 'text' && last?.kind === 'text' && last.isError === next.isError)
      shown[shown.length - 1] = { ...last, text: last.text + next.text };
    else shown.push(next);
  }
  return shown;
}

function outputOf(output: Record<string, unknown>): ShownOutput {
  switch (output.output_type) {
    case 'stream':
      return {
        kind: 'text',
        text: textOf(output.text),
        isError: output.name === 'stderr' || output.stream === 'stderr',
      };
    case 'error':
    case 'pyerr': {
      const lines = listOf(output.traceback).map(textOf).join('\n');
      return {
        kind: 'text',
        text: lines || `${textOf(output.ename)}: ${textOf(output.evalue)}`,
        isError: true,
      };
    }
    default:
      return richest(isRecord(output.data) ? output.data : long(output));
  }
}

function long(output: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(output).flatMap(([name, value]) =>
      Object.hasOwn(SHORT, name) ? [[SHORT[name], value]] : [],
    ),
  );
}

function richest(data: Record<string, unknown>): ShownOutput {
  const alt = textOf(data['text/plain']).slice(0, 200) || 'Output';
  const picture = PICTURES.find((type) => data[type] !== undefined);
  if (picture) {
    const address = `data:${picture};base64,${textOf(data[picture]).replace(/\s+/g, '')}`;
    return { kind: 'image', address, alt };
  }
  const svg = textOf(data['image/svg+xml']);
  // As an image, it runs no script and loads nothing.
  if (svg) return { kind: 'image', address: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt };
  const html = textOf(data['text/html']);
  if (html) return { kind: 'html', html };
  const markdown = textOf(data['text/markdown']);
  if (markdown) return { kind: 'markdown', text: markdown };
  const latex = textOf(data['text/latex']);
  if (latex) return { kind: 'formula', tex: withoutSigns(latex.trim()) };
  if (data['application/json'] !== undefined) return { kind: 'tree', value: data['application/json'] };
  const text = textOf(data['text/plain']);
  if (text) return { kind: 'text', text, isError: false };
  return { kind: 'unknown', types: Object.keys(data).slice(0, 5) };
}

/** A formula without the `$` about it. By hand: `/\$+$/` tries each of a long run anew. */
function withoutSigns(latex: string): string {
  let [start, end] = [0, latex.length];
  while (latex[start] === '$') start += 1;
  while (end > start && latex[end - 1] === '$') end -= 1;
  return latex.slice(start, end);
}
