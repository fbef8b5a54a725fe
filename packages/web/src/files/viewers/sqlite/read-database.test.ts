import startSqlite, { type Database } from '@sqlite.org/sqlite-wasm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readOverview } from './read-overview.ts';
import { readRows } from './read-rows.ts';

const QCODES = `
  CREATE TABLE experiments (exp_id INTEGER PRIMARY KEY, name TEXT, sample_name TEXT);
  CREATE TABLE runs (run_id INTEGER PRIMARY KEY, exp_id INTEGER, name TEXT, result_table_name TEXT);
  CREATE TABLE layouts (layout_id INTEGER PRIMARY KEY);
  INSERT INTO experiments VALUES (1, 'T1', 'chip-7B');
`;

let sqlite: Awaited<ReturnType<typeof startSqlite>>;
let database: Database;
beforeAll(async () => {
  sqlite = await startSqlite();
});
beforeEach(() => {
  database = new sqlite.oo1.DB(':memory:');
});

describe('the overview', () => {
  test('of thousands of runs is still one of QCoDeS, and says that tables are left out', () => {
    database.exec(QCODES);
    // Written into the schema itself: to create so many tables takes half a minute.
    database.exec(`
      CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 5000) SELECT i FROM c;
      INSERT INTO runs SELECT i, 1, 'decay', 'results-1-' || i FROM n;
      PRAGMA writable_schema = ON;
      INSERT INTO sqlite_schema SELECT 'table', 'results-1-' || i, 'results-1-' || i, rootpage,
        'CREATE TABLE "results-1-' || i || '" (id INTEGER PRIMARY KEY)' FROM n, sqlite_schema WHERE name = 'layouts';
      PRAGMA writable_schema = RESET`);
    const { tables, note } = readOverview(database, true);
    expect(tables[0]).toEqual({ name: 'runs', kind: 'runs', label: 'All runs' });
    expect(tables).toHaveLength(5001);
    expect(tables.at(-1)?.label).toBe('Run 997: decay · T1 · chip-7B');
    expect(note).toContain('“-wal”');
    expect(note).toContain('the first 5,000 are listed');
  });

  test('of a few tables is all of them', () => {
    database.exec('CREATE TABLE runs (x); CREATE TABLE a (x); CREATE VIEW b AS SELECT * FROM a');
    expect(readOverview(database, false)).toEqual({
      tables: [
        { name: 'a', kind: 'table' },
        { name: 'runs', kind: 'table' },
        { name: 'b', kind: 'view' },
      ],
      note: undefined,
    });
  });
});

test('a text that is cut says so', () => {
  database.exec(`CREATE TABLE t (short, long, longest); INSERT INTO t VALUES
    (printf('%.*c', 300, 'a'), printf('%.*c', 301, 'b'), printf('%.*c', 20001, 'c'))`);
  const { cells } = readRows(database, { name: 't', kind: 'table' }, { kind: 'first' });
  expect(cells).toEqual([['a'.repeat(300), `${'b'.repeat(300)} … 301 characters`, 'text of 20001 bytes']]);
});
