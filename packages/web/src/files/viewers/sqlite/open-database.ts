import startSqlite, { type Database, type Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import type { FileLocation } from '../read-range.ts';
import { installReader, READER } from './read-only-vfs.ts';

const MiB = 1024 * 1024;
const LARGEST_VALUE = 64 * MiB;
const MOST_MEMORY = 512 * MiB;
const LIMIT_LENGTH = 0;
/** Bytes 18 and 19 of a file say how it is written and read: 2 is the write-ahead log. */
const WAL = 2;

/** An open database. */
export interface OpenDatabase {
  readonly database: Database;
  /** The last changes may stand in another file. */
  readonly isWal: boolean;
}

/** Opens a database to read. What is in it is not trusted: its views and triggers can call nothing but pure functions. */
export async function openDatabase(file: FileLocation): Promise<OpenDatabase> {
  const silent = () => undefined;
  Object.assign(globalThis, {
    // Places to keep databases in are of no use here, and it would complain that it has none.
    sqlite3ApiConfig: {
      debug: silent,
      log: silent,
      warn: silent,
      disable: { vfs: { kvvfs: true, opfs: true, 'opfs-vfs': true, 'opfs-sahpool': true, 'opfs-wl': true } },
    },
  });
  const sqlite = await startSqlite();
  const version = installReader(sqlite, file);
  const database = new sqlite.oo1.DB({ filename: 'file:database?immutable=1', flags: 'r', vfs: READER });
  restrict(sqlite, database);
  return { database, isWal: version === WAL };
}

function restrict({ capi }: Sqlite3Static, { pointer }: Database): void {
  if (pointer === undefined) throw new Error('The database is closed.');
  capi.sqlite3_limit(pointer, LIMIT_LENGTH, LARGEST_VALUE);
  capi.sqlite3_db_config(pointer, capi.SQLITE_DBCONFIG_DEFENSIVE, 1, 0);
  capi.sqlite3_db_config(pointer, capi.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, 0);
  capi.sqlite3_db_config(pointer, capi.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, 0);
  capi.sqlite3_exec(
    pointer,
    `PRAGMA query_only=1; PRAGMA cell_size_check=1; PRAGMA hard_heap_limit=${MOST_MEMORY}`,
    0 as never,
    0 as never,
    0 as never,
  );
}

/** Whether the file is why: to read it again changes nothing. */
export function isOfFile(error: unknown): boolean {
  return error instanceof Error && /SQLITE_(NOTADB|CORRUPT)/.test(error.message);
}

/** What went wrong, in words: SQLite's begin with codes. */
export function failureText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/SQLITE_NOTADB/.test(text)) return 'This is no SQLite database, or it is encrypted.';
  const [, words] = /^SQLITE_[A-Z_]+: sqlite3 result code \d+: (.*)$/s.exec(text) ?? [];
  if (words !== undefined) return `SQLite says: ${words.slice(0, 300)}.`;
  return text.slice(0, 300);
}
