import { bounds } from '../../files/viewers/bounds.tsx';
import { decodeText } from '../../files/viewers/decode-text.ts';
import type { FileSource } from '../../files/viewers/file-source.ts';
import { defaultX } from '../../files/viewers/table/default-x.ts';
import { parseTable } from '../../files/viewers/table/parse-table.ts';
import { byteText } from '../../ui/byte-text.ts';
import { type Columns, POINT_NUMBER } from './columns.ts';

/** The columns of numbers in separated values. */
export async function openTableColumns(source: FileSource, signal: AbortSignal): Promise<Columns> {
  if (source.size > bounds.table)
    throw new Error(`It has ${byteText(source.size)}, and tables up to ${byteText(bounds.table)} are read.`);
  return tableColumns(decodeText(await source.read(undefined, signal)), source.name);
}

/** The columns of numbers in a text. */
export function tableColumns(text: string, fileName: string): Columns {
  const { columns, note } = parseTable(text, fileName);
  // Its texts, which take far more memory, are let go.
  const numbers = new Map(
    columns.flatMap((column) => (column.numbers ? [[column.name, column.numbers] as const] : [])),
  );
  const names = [...numbers.keys()];
  return {
    names,
    // Experiments are not made at the same time: over their times, no curve would lie over another.
    x: columns[0]?.times ? POINT_NUMBER : defaultX(columns, POINT_NUMBER),
    note,
    read: async (wanted) => wanted.map((name) => numbers.get(name) ?? new Float64Array()),
  };
}
