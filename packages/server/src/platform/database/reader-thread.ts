import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

/** One query for the thread to run. */
export interface ReaderRequest {
  id: number;
  sql: string;
  values: unknown[];
}

export type ReaderAnswer = { id: number; rows: unknown[] } | { id: number; message: string; code: string };

const BUSY_PATIENCE_MS = 4000;

const { path } = workerData as { path: string };
// This thread may wait inside SQLite: nobody else runs in it.
const connection = new Sqlite(path, { readonly: true, timeout: BUSY_PATIENCE_MS });

parentPort?.on('message', (request: ReaderRequest) => parentPort?.postMessage(answer(request)));

function answer({ id, sql, values }: ReaderRequest): ReaderAnswer {
  try {
    return { id, rows: connection.prepare(sql).all(...values) };
  } catch (error) {
    const code = error instanceof Sqlite.SqliteError ? error.code : '';
    return { id, message: error instanceof Error ? error.message : String(error), code };
  }
}
