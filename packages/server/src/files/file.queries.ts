import { sql } from 'kysely';
import { query } from '../platform/database/query.ts';

export const filesOfExperiments = query<{ ids: readonly number[]; limit: number }>()((db, p, dialect) =>
  db
    .selectFrom('file')
    .innerJoin('user', 'user.uuid', 'file.created_by')
    .select([
      'experiment_id',
      'name',
      'object_key',
      'size',
      'sha256',
      'media_type',
      'modified_at',
      'user.username',
      'task_uuid',
    ])
    .where(dialect.isAmong('file.experiment_id', p.ids))
    .orderBy('file.experiment_id')
    .orderBy('file.name')
    .limit(p.limit),
);

export const fileByName = query<{ experimentId: number; name: string }>()((db, p) =>
  db.selectFrom('file').selectAll().where('experiment_id', '=', p.experimentId).where('name', '=', p.name),
);

/** The same with what a download needs of its experiment. */
export const fileToSend = query<{ experimentUuid: string; name: string }>()((db, p) =>
  db
    .selectFrom('experiment')
    .innerJoin('file', 'file.experiment_id', 'experiment.id')
    .select([
      'experiment.eid',
      'experiment.created_by as experiment_created_by',
      'file.name',
      'file.object_key',
      'file.size',
      'file.sha256',
      'file.media_type',
      'file.modified_at',
    ])
    .where('experiment.uuid', '=', p.experimentUuid)
    .where('file.name', '=', p.name),
);

export const filesNamed = query<{ experimentId: number; names: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('file')
    .select(['name', 'sha256', 'size'])
    .where('experiment_id', '=', p.experimentId)
    .where(dialect.isAmong('file.name', p.names)),
);

export const fileNames = query<{ experimentId: number }>()((db, p) =>
  db.selectFrom('file').select('name').where('experiment_id', '=', p.experimentId),
);

/** The file of a name, and the one that has the place of that name in the readable folder. */
export const filesLike = query<{ experimentId: number; name: string; foldedName: string }>()((db, p) =>
  db
    .selectFrom('file')
    .select(['name', 'readable_name', 'object_key'])
    .where('experiment_id', '=', p.experimentId)
    .where((e) => e.or([e('name', '=', p.name), e('folded_name', '=', p.foldedName)])),
);

interface NewVersion {
  experimentId: number;
  name: string;
  foldedName: string;
  readableName: string;
  key: string;
  size: number;
  sha256: string;
  mediaType: string;
  createdBy: string;
  taskUuid: string | null;
  now: number;
}

export const insertFile = query<NewVersion>()((db, p) =>
  db.insertInto('file').values({
    experiment_id: p.experimentId,
    name: p.name,
    folded_name: p.foldedName,
    readable_name: p.readableName,
    object_key: p.key,
    size: p.size,
    sha256: p.sha256,
    media_type: p.mediaType,
    created_by: p.createdBy,
    modified_at: p.now,
    task_uuid: p.taskUuid,
  }),
);

export const replaceFile = query<Omit<NewVersion, 'foldedName' | 'readableName'>>()((db, p) =>
  db
    .updateTable('file')
    .set({
      object_key: p.key,
      size: p.size,
      sha256: p.sha256,
      media_type: p.mediaType,
      created_by: p.createdBy,
      modified_at: p.now,
      task_uuid: p.taskUuid,
    })
    .where('experiment_id', '=', p.experimentId)
    .where('name', '=', p.name),
);

export const doomObject = query<{ key: string; path: string; now: number }>()((db, p) =>
  db.insertInto('doomed_object').values({ object_key: p.key, readable_path: p.path, doomed_at: p.now }),
);

export const readableNames = query<{ experimentId: number }>()((db, p) =>
  db.selectFrom('file').select('readable_name').where('experiment_id', '=', p.experimentId),
);

export const doomFilesOf = query<{ experimentId: number; folder: string; now: number }>()(
  (_, p) => sql`insert into doomed_object (object_key, readable_path, doomed_at)
    select object_key, ${p.folder} || '/' || readable_name, ${p.now} from file where experiment_id = ${p.experimentId}`,
);

interface Among {
  experimentId: number;
  names: readonly string[];
}

export const readableNamesAmong = query<Among>()((db, p, dialect) =>
  db
    .selectFrom('file')
    .select('readable_name')
    .where('experiment_id', '=', p.experimentId)
    .where(dialect.isAmong('file.name', p.names)),
);

export const doomFilesAmong = query<Among & { folder: string; now: number }>()(
  (_, p, dialect) => sql`insert into doomed_object (object_key, readable_path, doomed_at)
    select object_key, ${p.folder} || '/' || readable_name, ${p.now} from file
    where experiment_id = ${p.experimentId} and ${dialect.isAmong('file.name', p.names)}`,
);

export const deleteFilesAmong = query<Among>()((db, p, dialect) =>
  db
    .deleteFrom('file')
    .where('experiment_id', '=', p.experimentId)
    .where(dialect.isAmong('file.name', p.names)),
);

export const deleteFilesOf = query<{ experimentId: number }>()((db, p) =>
  db.deleteFrom('file').where('experiment_id', '=', p.experimentId),
);

/** In their order; those behind a path. */
export const doomedPaths = query<{ behind: string; limit: number }>()((db, p) =>
  db
    .selectFrom('doomed_object')
    .select('readable_path')
    .distinct()
    .where('readable_path', '>', p.behind)
    .orderBy('readable_path')
    .limit(p.limit),
);

export const forgetDoomed = query<{ keys: readonly string[] }>()((db, p, dialect) =>
  db.deleteFrom('doomed_object').where(dialect.isAmong('doomed_object.object_key', p.keys)),
);

/**
 * The objects of a readable path: the current version, if there is one, and what is to be removed. In one statement:
 * with two, a version could be current to the first and doomed to the second.
 */
export const objectsAt = query<{
  path: string;
  eid: string;
  readableName: string;
  foldedName: string;
}>()((db, p) =>
  db
    .selectFrom('file')
    .innerJoin('experiment', 'experiment.id', 'file.experiment_id')
    .select(['file.object_key', sql<0 | 1>`1`.as('is_current')])
    .where('experiment.eid', '=', p.eid)
    // It has the index: without, each of many names that go would look at all files of the experiment.
    .where('file.folded_name', '=', p.foldedName)
    .where('file.readable_name', '=', p.readableName)
    .unionAll(
      db
        .selectFrom('doomed_object')
        .select(['object_key', sql<0 | 1>`0`.as('is_current')])
        .where('readable_path', '=', p.path),
    ),
);

/** Whether an object is the current version of a file. */
export const isCurrent = query<{ key: string }>()((db, p) =>
  db.selectFrom('file').select('id').where('object_key', '=', p.key),
);

/** All files behind an id, in the order of their ids. */
export const filesBehind = query<{ id: number; limit: number }>()((db, p) =>
  db
    .selectFrom('file')
    .innerJoin('experiment', 'experiment.id', 'file.experiment_id')
    .select(['file.id', 'file.name', 'file.object_key', 'file.readable_name', 'experiment.eid'])
    .where('file.id', '>', p.id)
    .orderBy('file.id')
    .limit(p.limit),
);

/** Which of these objects belong to a file, are about to, or are about to be removed. */
export const knownObjects = query<{ keys: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('file')
    .select('object_key')
    .where(dialect.isAmong('file.object_key', p.keys))
    .union(
      db
        .selectFrom('doomed_object')
        .select('object_key')
        .where(dialect.isAmong('doomed_object.object_key', p.keys)),
    )
    .union(
      db
        .selectFrom('upload')
        .select(sql<string>`object_key`.as('object_key'))
        .where(dialect.isAmong('upload.object_key', p.keys)),
    ),
);
