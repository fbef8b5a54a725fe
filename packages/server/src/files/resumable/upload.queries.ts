import { type SqlBool, sql } from 'kysely';
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

/** Hands an upload that waits for bytes from one writer to another, as long as it stands where it stood. */
export const handOver = query<{ id: string; received: number; from: string | null; to: string | null }>()(
  (db, p) =>
    db
      .updateTable('upload')
      .set({ writer: p.to })
      .where('id', '=', p.id)
      .where('received', '=', p.received)
      .where(sql<SqlBool>`writer is not distinct from cast(${p.from} as text)`)
      .where('object_key', 'is', null)
      .where('is_finished', '=', 0),
);

/** Its writer has nothing more to add for now. */
export const letGo = query<{ id: string; writer: string }>()((db, p) =>
  db.updateTable('upload').set({ writer: null }).where('id', '=', p.id).where('writer', '=', p.writer),
);

/** Only its writer knows what it has received. */
export const noteReceived = query<{ id: string; writer: string; received: number; now: number }>()((db, p) =>
  db
    .updateTable('upload')
    .set({ received: p.received, touched_at: p.now })
    .where('id', '=', p.id)
    .where('writer', '=', p.writer)
    .where('object_key', 'is', null),
);

interface Sealing {
  id: string;
  writer: string;
  key: string;
  sha256: string;
  now: number;
}

export const sealUpload = query<Sealing>()((db, p) =>
  db
    .updateTable('upload')
    .set({ object_key: p.key, sha256: p.sha256, touched_at: p.now, writer: null })
    .where('id', '=', p.id)
    .where((e) => e.or([e('writer', 'is', null), e('writer', '=', p.writer)]))
    .where('object_key', 'is', null)
    .where('is_finished', '=', 0),
);

/** From here on the object belongs to the file. */
export const markFinished = query<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable('upload')
    .set({ is_finished: 1, object_key: null, touched_at: p.now })
    .where('id', '=', p.id),
);

/** Removes one only while it waits for bytes. */
export const deleteWaiting = query<{ id: string }>()((db, p) =>
  db.deleteFrom('upload').where('id', '=', p.id).where('object_key', 'is', null).where('is_finished', '=', 0),
);

export const deleteUploads = query<{ ids: readonly string[] }>()((db, p, dialect) =>
  db.deleteFrom('upload').where(dialect.isAmong('upload.id', p.ids)),
);

/** Of these, those whose bytes are an object already, or about to become one, and not that of a file. */
export const sealedAmong = query<{ ids: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('upload')
    .innerJoin('experiment', 'experiment.id', 'upload.experiment_id')
    .select(['upload.object_key', 'experiment.eid'])
    .where('upload.object_key', 'is not', null)
    .where(dialect.isAmong('upload.id', p.ids))
    .$narrowType<{ object_key: string }>(),
);

export const uploadsOfExperiment = query<{ experimentId: number }>()((db, p) =>
  db.selectFrom('upload').select('id').where('experiment_id', '=', p.experimentId),
);

export const uploadsUntouchedSince = query<{ before: number; limit: number }>()((db, p) =>
  db
    .selectFrom('upload')
    .select('id')
    .where('touched_at', '<', p.before)
    .orderBy('touched_at')
    .limit(p.limit),
);

/** Which of these parts still wait for bytes, or for their place among the objects. */
export const knownParts = query<{ ids: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('upload')
    .select('id')
    .where('is_finished', '=', 0)
    .where(dialect.isAmong('upload.id', p.ids)),
);
