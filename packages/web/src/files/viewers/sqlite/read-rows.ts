import type { BindingSpec, Database, SqlValue } from '@sqlite.org/sqlite-wasm';
import type { From, Rows, TableName } from './questions.ts';

/** Rows of a page. */
const PAGE = 200;
const MOST_COLUMNS = 200;
/** Bytes of a text that are shown; of longer ones, only their length is read. */
const LONGEST_TEXT = 20_000;
const SHOWN_CHARACTERS = 300;

const RUNS = `
  SELECT run_id AS run, experiments.name AS experiment, sample_name AS sample, runs.name,
    datetime(run_timestamp, 'unixepoch') AS "started (UTC)", datetime(completed_timestamp, 'unixepoch') AS "completed (UTC)",
    result_counter AS counter, parameters, result_table_name AS "table", guid
  FROM runs LEFT JOIN experiments USING (exp_id) ORDER BY run_id`;

/** A page of rows. They are found by their ids, so that the millionth is as near as the first; those of views by counting. */
export function readRows(database: Database, table: TableName, from: From): Rows {
  const source = table.kind === 'runs' ? `(${RUNS})` : quoted(table.name);
  const names = columnsOf(database, `SELECT * FROM ${source} LIMIT 0`);
  const id = table.kind === 'table' ? idOf(database, table.name, names) : undefined;
  const shown = names.slice(0, MOST_COLUMNS).map(cellOf).join(', ');
  if (id === undefined || from.kind === 'offset') {
    const offset = from.kind === 'offset' ? from.offset : 0;
    const found = select(database, `SELECT ${shown} FROM ${source} LIMIT ${PAGE + 1} OFFSET ?`, [offset]);
    const rows = found.slice(0, PAGE);
    return {
      ...tableOf(names, rows),
      ids: rows.map((_, i) => String(offset + i + 1)),
      hasIds: false,
      next: found.length > PAGE ? { kind: 'offset', offset: offset + PAGE } : undefined,
      previous: offset > 0 ? { kind: 'offset', offset: Math.max(0, offset - PAGE) } : undefined,
      lastId: undefined,
    };
  }
  const isBackward = from.kind === 'last' || from.kind === 'before';
  const where = from.kind === 'at' ? `${id} >= ?` : from.kind === 'before' ? `${id} < ?` : '1';
  const found = select(
    database,
    `SELECT ${id}, ${shown} FROM ${source} WHERE ${where} ORDER BY ${id} ${isBackward ? 'DESC' : ''} LIMIT ${PAGE + 1}`,
    'id' in from ? [BigInt(from.id)] : [],
  );
  const hasMore = found.length > PAGE;
  const page = isBackward ? found.slice(0, PAGE).reverse() : found.slice(0, PAGE);
  const ids = page.map(([value]) => String(value));
  const [first] = ids;
  const after = isBackward ? nextOf(from) : hasMore ? String(found[PAGE]?.[0]) : undefined;
  const isFirst = from.kind === 'first' || (isBackward && !hasMore);
  return {
    ...tableOf(
      names,
      page.map((row) => row.slice(1)),
    ),
    ids,
    hasIds: true,
    next: after === undefined ? undefined : { kind: 'at', id: after },
    previous: isFirst || first === undefined ? undefined : { kind: 'before', id: first },
    lastId: String(database.selectValue(`SELECT max(${id}) FROM ${source}`) ?? ''),
  };
}

/** After the rows before an id come those from it on. */
function nextOf(from: From): string | undefined {
  return from.kind === 'before' ? from.id : undefined;
}

/** The name by which the ids of rows are known: columns may have taken it. */
function idOf(database: Database, table: string, names: readonly string[]): string | undefined {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const id = ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name));
  const isFound = database.selectValue(
    "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND name = ? AND type = 'table' AND NOT wr",
    [table],
  );
  return isFound === undefined ? undefined : id;
}

function columnsOf(database: Database, sql: string): string[] {
  const statement = database.prepare(sql);
  try {
    return statement.getColumnNames();
  } finally {
    statement.finalize();
  }
}

function select(database: Database, sql: string, bind: BindingSpec): SqlValue[][] {
  return database.selectArrays(sql, bind);
}

/** What is read of a cell: of a long text the beginning and its length, of a very long one and of bytes only how long they are. */
function cellOf(name: string): string {
  const column = quoted(name);
  return `CASE typeof(${column})
    WHEN 'blob' THEN 'bytes: ' || octet_length(${column})
    WHEN 'text' THEN iif(octet_length(${column}) > ${LONGEST_TEXT},
      'text of ' || octet_length(${column}) || ' bytes',
      iif(length(${column}) > ${SHOWN_CHARACTERS},
        substr(${column}, 1, ${SHOWN_CHARACTERS}) || ' … ' || length(${column}) || ' characters', ${column}))
    ELSE ${column} END`;
}

function tableOf(names: readonly string[], rows: readonly SqlValue[][]): Pick<Rows, 'columns' | 'cells'> {
  return {
    columns: names.slice(0, MOST_COLUMNS).map((name, i) => ({
      name,
      isNumeric:
        rows.some((row) => isNumber(row[i])) && rows.every((row) => row[i] === null || isNumber(row[i])),
    })),
    cells: rows.map((row) => row.map((value) => (value === null ? '' : String(value)))),
  };
}

function isNumber(value: SqlValue | undefined): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
