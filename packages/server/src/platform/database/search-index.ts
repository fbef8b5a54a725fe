import { sql } from 'kysely';
import type { Transaction } from './database.ts';
import { query } from './query.ts';

/** PostgreSQL keeps its index by itself; SQLite's full-text table is kept here. */
const insertRow = query<{ id: number; live: string; archived: string }>()(
  (_, p) =>
    sql`insert into experiment_search (rowid, live, archived) values (${p.id}, ${p.live}, ${p.archived})`,
);

const deleteRow = query<{ id: number }>()((_, p) => sql`delete from experiment_search where rowid = ${p.id}`);

/** An experiment as the search sees it. */
interface Searched {
  id: number;
  /** Folded title and EID. */
  searchText: string;
  archived: 0 | 1;
}

// FTS5 writes what it has gathered at every savepoint. So the changes come behind them all: a commit of 10 creates then
// writes one segment of the index instead of ten, which are to be merged later.

/** Makes an experiment findable by its title and EID, from the commit on. */
export function addToSearch(tx: Transaction, { id, searchText, archived }: Searched): void {
  if (tx.engine === 'postgres') return;
  const row = { id, live: archived ? '' : searchText, archived: archived ? searchText : '' };
  tx.beforeCommit(() => tx.run(insertRow, row));
}

/** Takes an experiment out of the search. */
export function removeFromSearch(tx: Transaction, id: number): void {
  if (tx.engine === 'postgres') return;
  tx.beforeCommit(() => tx.run(deleteRow, { id }));
}
