import { sql } from 'kysely';
import { query } from '../platform/database/query.ts';

/** The columns that a record is made of, without tags. */
export const recordsById = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db
    .selectFrom('experiment')
    .innerJoin('user', 'user.uuid', 'experiment.created_by')
    .select([
      'experiment.id',
      'experiment.uuid',
      'eid',
      'title',
      'description',
      'experiment.created_at',
      'updated_at',
      'created_by',
      'user.username',
      'archived',
      'version',
      'revision',
    ])
    .where(dialect.isAmong('experiment.id', p.ids)),
);

export const tagsOfExperiments = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db
    .selectFrom('experiment_tag')
    .innerJoin('tag', 'tag.id', 'experiment_tag.tag_id')
    .select(['experiment_tag.experiment_id', 'tag.id', 'tag.key', 'tag.name'])
    .where(dialect.isAmong('experiment_tag.experiment_id', p.ids)),
);

/** Where an experiment lies, who wrote it, and which revision is the current one. */
export const placeByUuid = query<{ uuid: string }>()((db, p) =>
  db
    .selectFrom('experiment')
    .select(['id', 'uuid', 'eid', 'revision', 'created_by'])
    .where('uuid', '=', p.uuid),
);

export const placeByEid = query<{ eid: string }>()((db, p) =>
  db
    .selectFrom('experiment')
    .select(['id', 'uuid', 'eid', 'revision', 'created_by'])
    .where('eid', '=', p.eid),
);

export const placesByEids = query<{ eids: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('experiment')
    .select(['id', 'uuid', 'eid', 'revision', 'created_by'])
    .where(dialect.isAmong('experiment.eid', p.eids)),
);

export const revisionsById = query<{ ids: readonly number[] }>()((db, p, dialect) =>
  db.selectFrom('experiment').select(['id', 'revision']).where(dialect.isAmong('experiment.id', p.ids)),
);

/** Changes nothing where another has the id. */
export const insertExperiment = query<{
  id: number;
  uuid: string;
  eid: string;
  title: string;
  description: string;
  searchText: string;
  createdAt: number;
  updatedAt: number;
  createdBy: string;
  archived: 0 | 1;
}>()((db, p) =>
  db
    .insertInto('experiment')
    .values({
      id: p.id,
      uuid: p.uuid,
      eid: p.eid,
      title: p.title,
      description: p.description,
      search_text: p.searchText,
      created_at: p.createdAt,
      updated_at: p.updatedAt,
      created_by: p.createdBy,
      archived: p.archived,
      version: 1,
      revision: 1,
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

export const updateTexts = query<{
  id: number;
  title: string;
  description: string;
  searchText: string;
  updatedAt: number;
  textChange: 0 | 1;
}>()((db, p) =>
  db
    .updateTable('experiment')
    .set((e) => ({
      title: p.title,
      description: p.description,
      search_text: p.searchText,
      updated_at: p.updatedAt,
      version: sql<number>`version + ${p.textChange}`,
      revision: e('revision', '+', 1),
    }))
    .where('id', '=', p.id),
);

export const bumpRevision = query<{ id: number }>()((db, p) =>
  db
    .updateTable('experiment')
    .set((e) => ({ revision: e('revision', '+', 1) }))
    .where('id', '=', p.id),
);

export const setArchived = query<{ id: number; archived: 0 | 1 }>()((db, p) =>
  db.updateTable('experiment').set({ archived: p.archived }).where('id', '=', p.id),
);

export const setArchivedOfTags = query<{ id: number; archived: 0 | 1 }>()((db, p) =>
  db.updateTable('experiment_tag').set({ archived: p.archived }).where('experiment_id', '=', p.id),
);

export const deleteExperiment = query<{ id: number }>()((db, p) =>
  db.deleteFrom('experiment').where('id', '=', p.id),
);

/** One statement, so that no two writers ever get the same number. */
export const takeEidNumber = query<{ day: string }>()((db, p) =>
  db
    .insertInto('eid_counter')
    .values({ day: p.day, last_number: 1 })
    .onConflict((conflict) =>
      conflict.column('day').doUpdateSet((e) => ({ last_number: e('eid_counter.last_number', '+', 1) })),
    )
    .returning('last_number'),
);
