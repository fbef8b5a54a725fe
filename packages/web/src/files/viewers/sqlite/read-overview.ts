import type { Database } from '@sqlite.org/sqlite-wasm';
import type { Overview, TableName } from './questions.ts';

const MOST_TABLES = 5000;
const TABLES = `
  SELECT name, type FROM pragma_table_list
  WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  ORDER BY type = 'view', name`;

/** The tables and views of a database; in one of QCoDeS, first its runs. */
export function readOverview(database: Database, isWal: boolean): Overview {
  const found = database.selectArrays(`${TABLES} LIMIT ${MOST_TABLES + 1}`);
  const tables = found
    .slice(0, MOST_TABLES)
    .map(([name, type]): TableName => ({ name: String(name), kind: type === 'view' ? 'view' : 'table' }));
  const runs = runsOf(database);
  const notes = [
    ...(isWal
      ? ['The database was in WAL mode: changes that stand only in its “-wal” file are not shown.']
      : []),
    ...(found.length > MOST_TABLES
      ? [`Of its tables and views, the first ${MOST_TABLES.toLocaleString('en')} are listed.`]
      : []),
  ];
  return {
    tables: runs
      ? [
          { name: 'runs', kind: 'runs', label: 'All runs' },
          ...tables.map((table) => ({ ...table, label: runs.get(table.name) ?? table.name })),
        ]
      : tables,
    note: notes.join(' ') || undefined,
  };
}

/** The listed tables that runs of QCoDeS wrote, each with what people call it; undefined where it is no such database. */
function runsOf(database: Database): Map<string, string> | undefined {
  // Asked for by their names: in the order of the alphabet, the tables of thousands of runs stand before “runs”.
  const own = database.selectValue(
    "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name IN ('runs', 'experiments', 'layouts')",
  );
  if (own !== 3) return undefined;
  try {
    const runs = database.selectArrays(
      `SELECT result_table_name, run_id, runs.name, experiments.name, sample_name
       FROM runs LEFT JOIN experiments USING (exp_id)
       WHERE result_table_name IN (SELECT name FROM (${TABLES} LIMIT ${MOST_TABLES}))`,
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
