import type { Root } from 'hast';
import { highlight } from '../highlight.ts';
import { isRecord } from '../is-record.ts';
import { jsonFault } from '../json-fault.ts';
import { parseJson } from '../parse-json.ts';
import { UnfitText } from '../unfit-text.ts';
import { parseOutputs, type ShownOutput } from './parse-outputs.ts';
import { listOf, textOf } from './parts.ts';

/** A cell of a notebook, as it is shown. */
export type Cell =
  | { readonly kind: 'markdown'; readonly text: string; readonly attachments: ReadonlyMap<string, string> }
  | { readonly kind: 'raw'; readonly text: string }
  | {
      readonly kind: 'code';
      readonly text: string;
      /** The code in its colours. */
      readonly tree: Root | undefined;
      /** What the cell was the n-th to run. */
      readonly count: number | undefined;
      readonly outputs: readonly ShownOutput[];
    };

/** A notebook, as it is shown. */
export interface Notebook {
  readonly language: string;
  readonly cells: readonly Cell[];
}

/** Characters of code in one notebook that get colours: more takes too long. */
const MOST_COLOURED = 256 * 1024;
const LONG_MS = 2000;

/**
 * Reads a notebook of the formats 3 and 4 (nbformat.readthedocs.io).
 *
 * @throws Error with a sentence where it is none.
 */
export async function parseNotebook(text: string): Promise<Notebook> {
  const notebook = objectOf(text);
  const [sheet] = listOf(notebook.worksheets);
  const raw = [notebook, sheet].flatMap((part) => listOf(isRecord(part) ? part.cells : undefined));
  if (raw.length === 0 && !Array.isArray(notebook.cells))
    throw new UnfitText('This is no notebook', 'It has no list of cells.');
  const language = languageOf(notebook);
  const cells: Cell[] = [];
  let coloured = 0;
  for (const cell of raw.filter(isRecord)) {
    const source = textOf(cell.source ?? cell.input);
    if (cell.cell_type !== 'code') {
      cells.push(
        cell.cell_type === 'markdown'
          ? { kind: 'markdown', text: source, attachments: attachmentsOf(cell.attachments) }
          : { kind: 'raw', text: source },
      );
      continue;
    }
    const start = performance.now();
    coloured += source.length;
    const count = cell.execution_count ?? cell.prompt_number;
    cells.push({
      kind: 'code',
      text: source,
      tree: coloured <= MOST_COLOURED ? await highlight(source, language) : undefined,
      count: typeof count === 'number' ? count : undefined,
      outputs: parseOutputs(listOf(cell.outputs)),
    });
    // Code that was made to take long does so in all its cells.
    if (performance.now() - start > LONG_MS) coloured = Number.POSITIVE_INFINITY;
  }
  return { language, cells };
}

function objectOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new UnfitText('This is no notebook', `Its JSON is wrong. ${jsonFault(text, error as Error)}`);
  }
  if (!isRecord(value)) throw new UnfitText('This is no notebook', 'It holds no object.');
  return value;
}

function languageOf({ metadata }: Record<string, unknown>): string {
  const { language_info: info, kernelspec: kernel } = isRecord(metadata) ? metadata : {};
  const named = [isRecord(info) && info.name, isRecord(kernel) && kernel.language].find(
    (name) => typeof name === 'string',
  );
  return String(named || 'python').toLowerCase();
}

/** Pictures that lie in the cell itself, by the name that its text calls them; as addresses. */
function attachmentsOf(value: unknown): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  for (const [name, bundle] of Object.entries(isRecord(value) ? value : {})) {
    const [type, data] =
      Object.entries(isRecord(bundle) ? bundle : {}).find(([key]) => key.startsWith('image/')) ?? [];
    if (type !== undefined) addresses.set(name, `data:${type};base64,${textOf(data)}`);
  }
  return addresses;
}
