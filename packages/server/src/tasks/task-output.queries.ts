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

/** What a task has printed, behind a number. */
export const chunksAfter = query<{ id: number; after: number; limit: number }>()((db, p) =>
  db
    .selectFrom('task_output')
    .select(['sequence', 'stream', 'bytes', 'written_at'])
    .where('task_id', '=', p.id)
    .where('sequence', '>', p.after)
    .orderBy('sequence')
    .limit(p.limit),
);

export const outputSizes = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db
    .selectFrom('task_output')
    .select(sql<number>`cast(coalesce(sum(length(bytes)), 0) as bigint)`.as('bytes'))
    .where(dialect.isAmong('task_output.task_id', p.ids)),
);

export const outputOfTasks = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db
    .selectFrom('task_output')
    .select(['task_id', 'stream', 'bytes'])
    .where(dialect.isAmong('task_output.task_id', p.ids))
    .orderBy('task_id')
    .orderBy('sequence'),
);
