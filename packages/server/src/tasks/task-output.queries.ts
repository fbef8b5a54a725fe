import { sql } from 'kysely';
import { query } from '../platform/database/query.ts';

export const insertChunk = query<{
  id: number;
  sequence: number;
  stream: 1 | 2;
  bytes: Buffer;
  now: number;
}>()((db, p) =>
  db
    .insertInto('task_output')
    .values({
      task_id: p.id,
      sequence: p.sequence,
      stream: p.stream,
      bytes: p.bytes,
      written_at: p.now,
    })
    // Written again where nobody knew whether the first time was committed.
    .onConflict((conflict) => conflict.doNothing()),
);

export const lastSequence = query<{ id: number }>()((db, p) =>
  db
    .selectFrom('task_output')
    .select('sequence')
    .where('task_id', '=', p.id)
    .orderBy('sequence', 'desc')
    .limit(1),
);

/** Pieces that are read or deleted at once, so that nobody waits behind them; and about how many bytes. */
export const CHUNKS_AT_ONCE = 1000;
export const BYTES_AT_ONCE = 1024 * 1024;

interface Page {
  id: number;
  after: number;
  limit: number;
}

/** The number of the last piece, behind another one, that is handled together with it: at least one where there is any. */
const endOfPage = (p: Page, condition = sql`true`) => sql<number>`(
  select max(sequence) from (
    select sequence, sum(size) over (order by sequence) - size as before from (
      select sequence, length(bytes) as size from task_output
      where task_id = ${p.id} and sequence > ${p.after} and ${condition}
      order by sequence limit ${p.limit}) as page) as sized
  where before < ${BYTES_AT_ONCE})`;

/** What a task has printed, behind a number: no more than so many pieces, and about 1 MiB. */
export const chunksAfter = query<Page>()((db, p) =>
  db
    .selectFrom('task_output')
    .select(['sequence', 'stream', 'bytes', 'written_at'])
    .where('task_id', '=', p.id)
    .where('sequence', '>', p.after)
    .where('sequence', '<=', endOfPage(p))
    .orderBy('sequence'),
);

/** The same of one output, as one; and the number of the last piece, null where there is none. */
export const joinedPage = query<Page & { stream: 1 | 2 }>()((db, p, dialect) =>
  db
    .selectFrom('task_output')
    .select(sql<number | null>`max(sequence)`.as('last'))
    .select(dialect.joinBytes('bytes', 'sequence', sql`true`).as('bytes'))
    .where('task_id', '=', p.id)
    .where('stream', '=', p.stream)
    .where('sequence', '>', p.after)
    .where('sequence', '<=', endOfPage(p, sql`stream = ${p.stream}`)),
);

/** How much the first pieces of some tasks are, up to a number of pieces. */
export const firstSizes = query<{ ids: readonly number[]; limit: number }>()((db, p, dialect) =>
  db
    .selectFrom((inner) =>
      inner
        .selectFrom('task_output')
        .select(sql<number>`length(bytes)`.as('size'))
        .where(dialect.isAmong('task_output.task_id', p.ids))
        .limit(p.limit)
        .as('some'),
    )
    .select(sql<number>`cast(count(*) as bigint)`.as('chunks'))
    .select(sql<number>`cast(coalesce(sum(size), 0) as bigint)`.as('bytes')),
);

/** How many bytes tasks have printed, of each that has printed. */
export const outputSizes = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db
    .selectFrom('task_output')
    .select('task_id')
    .select(
      sql<number>`cast(coalesce(sum(length(bytes)) filter (where stream = 1), 0) as bigint)`.as('stdout'),
    )
    .select(
      sql<number>`cast(coalesce(sum(length(bytes)) filter (where stream = 2), 0) as bigint)`.as('stderr'),
    )
    .where(dialect.isAmong('task_output.task_id', p.ids))
    .groupBy('task_id'),
);

/** Both outputs of tasks, each as one: a million small pieces are many times as slow to put together here. */
export const joinedOutputs = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db
    .selectFrom('task_output')
    .select('task_id')
    .select(dialect.joinBytes('bytes', 'sequence', sql`stream = 1`).as('stdout'))
    .select(dialect.joinBytes('bytes', 'sequence', sql`stream = 2`).as('stderr'))
    .where(dialect.isAmong('task_output.task_id', p.ids))
    .groupBy('task_id'),
);

/** Leaves what the tasks of an experiment have printed to be deleted behind their removal. */
export const doomOutputOf = query<{ experimentId: number }>()(
  (_, p) => sql`insert into doomed_output (task_id)
    select id from task where experiment_id = ${p.experimentId}
      and exists (select 1 from task_output where task_id = task.id)`,
);

export const nextDoomedOutput = query()((db) => db.selectFrom('doomed_output').select('task_id').limit(1));

export const forgetDoomedOutput = query<{ id: number }>()((db, p) =>
  db.deleteFrom('doomed_output').where('task_id', '=', p.id),
);

/** Deletes a page as {@link chunksAfter} reads one. */
export const deleteFirstChunks = query<Page>()((db, p) =>
  db.deleteFrom('task_output').where('task_id', '=', p.id).where('sequence', '<=', endOfPage(p)),
);
