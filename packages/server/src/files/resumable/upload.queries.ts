import { query } from '../../platform/database/query.ts';

interface NewUpload {
  id: string;
  experimentId: number;
  name: string;
  size: number;
  metadata: string;
  promisedSha256: string | null;
  createdBy: string;
  now: number;
}

export const insertUpload = query<NewUpload>()((db, p) =>
  db.insertInto('upload').values({
    id: p.id,
    experiment_id: p.experimentId,
    name: p.name,
    size: p.size,
    received: 0,
    metadata_json: p.metadata,
    promised_sha256: p.promisedSha256,
    created_by: p.createdBy,
    touched_at: p.now,
    is_finished: 0,
  }),
);

export const uploadById = query<{ id: string }>()((db, p) =>
  db
    .selectFrom('upload')
    .innerJoin('experiment', 'experiment.id', 'upload.experiment_id')
    .selectAll('upload')
    .select('experiment.uuid as experiment_uuid')
    .where('upload.id', '=', p.id),
);

export const noteReceived = query<{ id: string; received: number; now: number }>()((db, p) =>
  db
    .updateTable('upload')
    .set({ received: p.received, touched_at: p.now })
    .where('id', '=', p.id)
    .where('object_key', 'is', null),
);

export const sealUpload = query<{ id: string; key: string; sha256: string; now: number }>()((db, p) =>
  db
    .updateTable('upload')
    .set({ object_key: p.key, sha256: p.sha256, touched_at: p.now })
    .where('id', '=', p.id)
    .where('object_key', 'is', null),
);

/** From here on the object belongs to the file. */
export const markFinished = query<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable('upload')
    .set({ is_finished: 1, object_key: null, touched_at: p.now })
    .where('id', '=', p.id),
);

export const deleteUpload = query<{ id: string }>()((db, p) =>
  db.deleteFrom('upload').where('id', '=', p.id),
);

export const uploadsOfExperiment = query<{ experimentId: number }>()((db, p) =>
  db.selectFrom('upload').select(['id', 'object_key']).where('experiment_id', '=', p.experimentId),
);

export const deleteUploadsOfExperiment = query<{ experimentId: number }>()((db, p) =>
  db.deleteFrom('upload').where('experiment_id', '=', p.experimentId),
);

export const uploadsUntouchedSince = query<{ before: number; limit: number }>()((db, p) =>
  db
    .selectFrom('upload')
    .select(['id', 'object_key'])
    .where('touched_at', '<', p.before)
    .orderBy('touched_at')
    .limit(p.limit),
);

/** Removes one only if nothing of it has come since. */
export const deleteUntouched = query<{ id: string; before: number }>()((db, p) =>
  db.deleteFrom('upload').where('id', '=', p.id).where('touched_at', '<', p.before),
);

/** Which of these parts still wait for bytes, or for their place among the objects. */
export const knownParts = query<{ ids: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('upload')
    .select('id')
    .where('is_finished', '=', 0)
    .where(dialect.isAmong('upload.id', p.ids)),
);
