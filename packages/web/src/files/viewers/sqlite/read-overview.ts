import type { Database } from '@sqlite.org/sqlite-wasm';
import type { Overview, TableName } from './questions.ts';

const MOST_TABLES = 5000;

/** The tables and views of a database; in one of QCoDeS, first its runs. */
export function readOverview(database: Database, isWal: boolean): Overview {
  const found = database.selectArrays(
    `SELECT name, type FROM pragma_table_list
     WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
     ORDER BY type = 'view', name LIMIT ${MOST_TABLES}`,
  );
  const tables = found.map(
    ([name, type]): TableName => ({ name: String(name), kind: type === 'view' ? 'view' : 'table' }),
  );
  const runs = runsOf(database, tables);
  return {
    tables: runs
      ? [
          { name: 'runs', kind: 'runs', label: 'All runs' },
          ...tables.map((table) => ({ ...table, label: runs.get(table.name) ?? table.name })),
        ]
      : tables,
    note: isWal
      ? 'The database was in WAL mode: changes that stand only in its “-wal” file are not shown.'
      : undefined,
  };
}

/** The tables that runs of QCoDeS wrote, each with what people call it; undefined where it is no such database. */
function runsOf(database: Database, tables: readonly TableName[]): Map<string, string> | undefined {
  if (!['runs', 'experiments', 'layouts'].every((name) => tables.some((table) => table.name === name)))
    return undefined;
  try {
    const runs = database.selectArrays(
      `SELECT result_table_name, run_id, runs.name, experiments.name, sample_name
       FROM runs LEFT JOIN experiments USING (exp_id) LIMIT ${MOST_TABLES}`,
    );
    return new Map(
      runs.map(([table, id, name, experiment, sample]) => [
        String(table),
        `Run ${id}: ${[name, experiment, sample].filter(Boolean).join(' · ')}`,
      ]),
    );
  } catch {
    // Others have tables of these names as well.
    return undefined;
  }
}
