import { readFile, writeFile } from 'node:fs/promises';
import Sqlite from 'better-sqlite3';

/** Overwrites the first pages of two indexes of an SQLite database: it can still be opened, and is not whole. */
export async function damageDatabase(path: string): Promise<void> {
  const db = new Sqlite(path, { readonly: true });
  const size = db.pragma('page_size', { simple: true }) as number;
  const indexes = db
    .prepare<[], { rootpage: number }>(
      "select rootpage from sqlite_schema where name in ('experiment_by_title', 'experiment_by_update')",
    )
    .all();
  db.close();
  const bytes = await readFile(path);
  for (const { rootpage } of indexes) bytes.fill(0x5a, (rootpage - 1) * size, rootpage * size - 1);
  await writeFile(path, bytes);
}
