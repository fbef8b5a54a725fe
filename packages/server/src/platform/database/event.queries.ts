import { query } from './query.ts';

export const insertEvent = query<{ kind: string; entityId: string; at: number }>()((db, p) =>
  db.insertInto('event').values({ kind: p.kind, entity_id: p.entityId, at: p.at }),
);

export const lastEvent = query()((db) =>
  db.selectFrom('event').select('sequence').orderBy('sequence', 'desc').limit(1),
);
