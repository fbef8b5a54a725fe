import { type SqlBool, sql } from 'kysely';
import { query } from '../platform/database/query.ts';
import type { DayRanges } from './experiment-counts.ts';

export const tagsByKey = query<{ keys: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('tag')
    .select(['id', 'key', 'name', 'live', 'archived'])
    .where(dialect.isAmong('tag.key', p.keys)),
);

export const insertTag = query<{ key: string; name: string }>()((db, p) =>
  db
    .insertInto('tag')
    .values({ key: p.key, name: p.name, live: 0, archived: 0 })
    // Without a change, nothing is returned; of a column in an index, the index would be written too.
    .onConflict((conflict) => conflict.column('key').doUpdateSet((e) => ({ live: e.ref('tag.live') })))
    .returning('id'),
);

/** Gives tags to an experiment that has none of them. */
export const linkTags = query<{ tagIds: readonly number[]; experimentId: number; archived: 0 | 1 }>()(
  (_, p, dialect) => sql`insert into experiment_tag (tag_id, archived, experiment_id)
    select value, cast(${p.archived} as smallint), cast(${p.experimentId} as bigint) from ${dialect.numbers(p.tagIds)}`,
);

export const unlinkTags = query<{ tagIds: readonly number[]; experimentId: number }>()((db, p, dialect) =>
  db
    .deleteFrom('experiment_tag')
    .where('experiment_id', '=', p.experimentId)
    .where(dialect.isAmong('experiment_tag.tag_id', p.tagIds)),
);

export const addToTagCounts = query<{ tagIds: readonly number[]; live: number; archived: number }>()(
  (db, p, dialect) =>
    db
      .updateTable('tag')
      .set({ live: sql<number>`live + ${p.live}`, archived: sql<number>`archived + ${p.archived}` })
      .where(dialect.isAmong('tag.id', p.tagIds)),
);

/** Counts experiments of a day, and so of its span and of all. */
export const addToCounts = query<{ day: number; span: number; live: number; archived: number }>()((db, p) =>
  db
    .insertInto('experiment_count')
    .values([
      { scope: 'all', key: 0, live: p.live, archived: p.archived },
      { scope: 'day', key: p.day, live: p.live, archived: p.archived },
      { scope: 'span', key: p.span, live: p.live, archived: p.archived },
    ])
    .onConflict((conflict) =>
      conflict.columns(['scope', 'key']).doUpdateSet({
        live: sql<number>`experiment_count.live + excluded.live`,
        archived: sql<number>`experiment_count.archived + excluded.archived`,
      }),
    ),
);

export const countOfAll = query()((db) =>
  db.selectFrom('experiment_count').select(['live', 'archived']).where('scope', '=', 'all'),
);

/** Experiments of some days, of spans, and of some days more. */
export const countOfDays = query<DayRanges>()(
  (_, p) => sql<{ live: number | null; archived: number | null }>`
    select sum(live) as live, sum(archived) as archived from (
      select live, archived from experiment_count where scope = 'day' and key between ${p.first} and ${p.before}
      union all
      select live, archived from experiment_count where scope = 'span' and key between ${p.firstSpan} and ${p.lastSpan}
      union all
      select live, archived from experiment_count where scope = 'day' and key between ${p.behind} and ${p.last}
    ) counted`,
);

/** Which tags: `dangling` 1 takes those that no experiment has, too; keys from `first` on and before `last`. */
export interface TagFilters {
  dangling: 0 | 1;
  first: string;
  last: string;
}

/** Tags in the order of their keys. */
export const tagsPage = query<TagFilters & { limit: number; offset: number }>()((db, p) =>
  db
    .selectFrom('tag')
    .select('name')
    .where('key', '>=', p.first)
    .where('key', '<', p.last)
    .where(isWanted(p))
    .orderBy('key')
    .limit(p.limit)
    .offset(p.offset),
);

/** The tags of some experiments, in the order of their keys. */
export const tagsOfNamed = query<{ uuids: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('experiment')
    .innerJoin('experiment_tag', 'experiment_tag.experiment_id', 'experiment.id')
    .innerJoin('tag', 'tag.id', 'experiment_tag.tag_id')
    .select(['experiment.uuid', 'experiment.created_by', 'tag.key', 'tag.name'])
    .where(dialect.isAmong('experiment.uuid', p.uuids))
    .orderBy('tag.key'),
);

export const numberOfTags = query<TagFilters>()((db, p) =>
  db
    .selectFrom('tag')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('key', '>=', p.first)
    .where('key', '<', p.last)
    .where(isWanted(p)),
);

function isWanted({ dangling }: TagFilters) {
  return sql<SqlBool>`(live + archived > 0 or cast(${dangling} as integer) = 1)`;
}
