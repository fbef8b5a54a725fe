import { query } from './query.ts';

export const insertEvent = query<{ kind: string; entityId: string; at: number }>()((db, p) =>
  db.insertInto('event').values({ kind: p.kind, entity_id: p.entityId, at: p.at }),
);

export const lastEvent = query()((db) =>
  db.selectFrom('event').select(['sequence', 'at']).orderBy('sequence', 'desc').limit(1),
);

/** When the change of a number was made. */
export const eventNumbered = query<{ sequence: number }>()((db, p) =>
  db.selectFrom('event').select('at').where('sequence', '=', p.sequence),
);

/** What has changed behind a number, in the order of commits. */
export const eventsAfter = query<{ sequence: number; limit: number }>()((db, p) =>
  db
    .selectFrom('event')
    .select(['sequence', 'kind', 'entity_id'])
    .where('sequence', '>', p.sequence)
    .orderBy('sequence')
    .limit(p.limit),
);
