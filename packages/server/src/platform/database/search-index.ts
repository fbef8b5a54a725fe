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

/** Makes an experiment findable by its title and EID. */
export async function addToSearch(tx: Transaction, { id, searchText, archived }: Searched): Promise<void> {
  if (tx.engine === 'postgres') return;
  await tx.run(insertRow, { id, live: archived ? '' : searchText, archived: archived ? searchText : '' });
}

/** Takes an experiment out of the search. */
export async function removeFromSearch(tx: Transaction, id: number): Promise<void> {
  if (tx.engine === 'postgres') return;
  await tx.run(deleteRow, { id });
}
