/** The first two columns of a table. */
export interface Table {
  readonly names: readonly string[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Reads CSV with a line of names; undefined where a line has not two numbers to begin with. */
export function readTable(text: string): Table | undefined {
  const [header = '', ...lines] = text.trim().split(/[\r\n]+/);
  const rows = lines.map((line) => line.split(','));
  const [x, y] = [0, 1].map((column) => rows.map((row) => numberOf(row[column]))) as [number[], number[]];
  if (![x, y].every((column) => column.every(Number.isFinite))) return undefined;
  return { names: header.split(','), x, y };
}

/** An empty cell is none, though `Number` takes it for 0. */
function numberOf(cell = ''): number {
  return cell.trim() === '' ? Number.NaN : Number(cell);
}
