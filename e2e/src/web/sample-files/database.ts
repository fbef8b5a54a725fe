import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@aqueduct/server/testing';
import Database from 'better-sqlite3';

/** The bytes of a SQLite database that some statements made; of one in WAL mode, those without its log. */
export async function databaseFile(sql: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(await temporaryFolder(), 'database.db');
  const database = new Database(path);
  try {
    // Attacks write what no honest program does.
    database.unsafeMode(true);
    database.exec(sql);
    return new Uint8Array(await readFile(path));
  } finally {
    database.close();
  }
}

/** Tables as QCoDeS makes them, shortened to what is read of them. */
export const QCODES = `
  CREATE TABLE experiments (exp_id INTEGER PRIMARY KEY, name TEXT, sample_name TEXT, start_time INTEGER,
    end_time INTEGER, run_counter INTEGER, format_string TEXT);
  CREATE TABLE runs (run_id INTEGER PRIMARY KEY, exp_id INTEGER, name TEXT, result_table_name TEXT,
    result_counter INTEGER, run_timestamp INTEGER, completed_timestamp INTEGER, is_completed BOOL, parameters TEXT,
    guid TEXT, run_description TEXT, snapshot TEXT);
  CREATE TABLE layouts (layout_id INTEGER PRIMARY KEY, run_id INTEGER, parameter TEXT, label TEXT, unit TEXT,
    inferred_from TEXT);
  CREATE TABLE dependencies (dependent INTEGER, independent INTEGER, axis_num INTEGER);
  INSERT INTO experiments VALUES (1, 'T1 of qubit 3', 'chip-7B', 1735689600, NULL, 2, '{}-{}-{}');
  INSERT INTO runs VALUES
    (1, 1, 'rabi', 'results-1-1', 1, 1735689700, 1735689800, 1, 'amplitude,signal', 'aaaaaaaa-0000-0000-0000-000000000001', '{}', '{}'),
    (2, 1, 'decay', 'results-1-2', 2, 1735690000, 1735690100, 1, 'delay,signal', 'aaaaaaaa-0000-0000-0000-000000000002', '{}', '{}');
  CREATE TABLE "results-1-1" (id INTEGER PRIMARY KEY, amplitude numeric, signal numeric);
  CREATE TABLE "results-1-2" (id INTEGER PRIMARY KEY, delay numeric, signal numeric, trace array);
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO "results-1-2" SELECT i, i * 1e-7, exp(-i / 20000.0), zeroblob(16) FROM n;
  INSERT INTO "results-1-1" VALUES (1, 0.1, 0.25), (2, 0.2, NULL);
  CREATE VIEW late AS SELECT * FROM "results-1-2" WHERE delay > 0.005;
`;
