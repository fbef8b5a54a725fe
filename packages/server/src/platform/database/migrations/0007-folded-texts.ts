import { type Kysely, sql } from 'kysely';
import { foldText } from '../../fold-text.ts';
import type { Engine } from '../query.ts';

const BATCH = 5000;

/** Letters that have two small forms are searched as one: `ς` and `σ`, `µ` and `μ`. */
export async function foldedTexts(db: Kysely<unknown>, engine: Engine): Promise<void> {
  for (let last = -1; ; ) {
    // In ASCII nothing changes.
    const { rows } = await sql<{ id: number; search_text: string }>`
      select id, search_text from experiment
      where id > ${last} and octet_length(search_text) <> length(search_text) order by id limit ${BATCH}`.execute(
      db,
    );
    for (const { id, search_text: old } of rows) {
      const text = foldText(old);
      if (text === old) continue;
      await sql`update experiment set search_text = ${text} where id = ${id}`.execute(db);
      if (engine === 'sqlite')
        await sql`insert into search_pending (experiment_id) values (${id}) on conflict do nothing`.execute(
          db,
        );
    }
    const end = rows.at(-1);
    if (!end) break;
    last = end.id;
  }
  if (engine === 'sqlite') await takeIn(db);
}

/** Many at once would keep the first search waiting. */
async function takeIn(db: Kysely<unknown>): Promise<void> {
  await sql`delete from experiment_search where rowid in (select experiment_id from search_pending)`.execute(
    db,
  );
  await sql`insert into experiment_search (rowid, live, archived)
    select id, iif(archived, '', search_text), iif(archived, search_text, '') from experiment
    where id in (select experiment_id from search_pending)`.execute(db);
  await sql`delete from search_pending`.execute(db);
}
