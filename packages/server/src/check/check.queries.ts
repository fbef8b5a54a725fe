import { sql } from 'kysely';
import { DAYS_PER_SPAN } from '../experiments/experiment-counts.ts';
import { query } from '../platform/database/query.ts';

const MICROSECONDS_PER_DAY = 86_400_000_000;
/** Makes moments before 1970 positive: both engines round divisions towards zero. */
const DAYS_BEFORE_1970 = 100_000;

/** Looks at every page and every index; SQLite only. A single `ok`, or what is wrong. */
export const integrityCheck = query()(() => sql<{ integrity_check: string }>`pragma integrity_check(20)`);

/** The same without comparing indexes with their tables. */
export const quickCheck = query()(() => sql<{ quick_check: string }>`pragma quick_check(20)`);

/** Rows that refer to a row that is not there; SQLite only: PostgreSQL looks at every write. */
export const foreignKeyCheck = query()(
  () => sql<{ table: string; parent: string; rows: number }>`
    select "table", parent, count(*) as "rows" from pragma_foreign_key_check group by "table", parent`,
);

interface Difference {
  key: number;
  /** Counted too many (or, negative, too few). */
  live: number;
  archived: number;
}

/** By how much the counter of all experiments is wrong. In one statement, so that no write comes in between. */
export const wrongTotal = query()(
  () => sql<Difference>`select 0 as key, sum(live) as live, sum(archived) as archived from (
      select live, archived from experiment_count where scope = 'all'
      union all select archived - 1, -archived from experiment) counted
    having sum(live) <> 0 or sum(archived) <> 0`,
);

/** The days (counted from 1970) whose counters are wrong. */
export const wrongDays = query()(
  () => sql<Difference>`select key, sum(live) as live, sum(archived) as archived from (
      select key, live, archived from experiment_count where scope = 'day'
      union all
      select (created_at + ${sql.lit(DAYS_BEFORE_1970 * MICROSECONDS_PER_DAY)}) / ${sql.lit(MICROSECONDS_PER_DAY)}
        - ${sql.lit(DAYS_BEFORE_1970)}, archived - 1, -archived from experiment) counted
    group by key having sum(live) <> 0 or sum(archived) <> 0 order by key`,
);

/** The spans whose counters are not the sum of those of their days. */
export const wrongSpans = query()(
  () => sql<Difference>`select key, sum(live) as live, sum(archived) as archived from (
      select key, live, archived from experiment_count where scope = 'span'
      union all
      select (key + ${sql.lit(DAYS_PER_SPAN * DAYS_BEFORE_1970)}) / ${sql.lit(DAYS_PER_SPAN)}
        - ${sql.lit(DAYS_BEFORE_1970)}, -live, -archived
        from experiment_count where scope = 'day') counted
    group by key having sum(live) <> 0 or sum(archived) <> 0 order by key`,
);

/** The tags whose counters are wrong. */
export const wrongTags = query()(
  () => sql<{ name: string; live: number; archived: number }>`
    select tag.name, difference.live, difference.archived from (
      select id, sum(live) as live, sum(archived) as archived from (
        select id, live, archived from tag
        union all select tag_id, archived - 1, -archived from experiment_tag) counted
      group by id having sum(live) <> 0 or sum(archived) <> 0) difference
    join tag on tag.id = difference.id order by tag.key`,
);

/** Links of tags that say something else than their experiment of whether it is archived. */
export const wrongTagLinks = query()(
  () => sql<{ count: number }>`select count(*) as count from experiment_tag t
    join experiment e on e.id = t.experiment_id where t.archived <> e.archived`,
);

export const countFiles = query()((db) =>
  db.selectFrom('file').select((e) => e.fn.countAll<number>().as('count')),
);

/** A file as its row says it should be. */
export interface RecordedFile {
  readonly id: number;
  readonly experiment_id: number;
  readonly uuid: string;
  readonly eid: string;
  readonly name: string;
  readonly readable_name: string;
  readonly object_key: string;
  readonly size: number;
  readonly sha256: string;
  readonly modified_at: number;
}

const recorded = sql.raw<RecordedFile>(`select f.id, f.experiment_id, e.uuid, e.eid, f.name, f.readable_name,
  f.object_key, f.size, f.sha256, f.modified_at from file f join experiment e on e.id = f.experiment_id`);

/** The id of the file that was recorded last. */
export const lastFile = query()((db) =>
  db.selectFrom('file').select((e) => e.fn.max<number | null>('id').as('last')),
);

/** All files behind an id, in the order of their ids. */
export const recordedBehind = query<{ id: number; last: number; limit: number }>()(
  (_, p) =>
    sql<RecordedFile>`${recorded} where f.id > ${p.id} and f.id <= ${p.last} order by f.id limit ${p.limit}`,
);

export const recordedFile = query<{ id: number }>()(
  (_, p) => sql<RecordedFile>`${recorded} where f.id = ${p.id}`,
);

/** The files of some experiments. */
export const recordedIn = query<{ eids: readonly string[] }>()(
  (_, p, dialect) => sql<RecordedFile>`${recorded} where ${dialect.isAmong('e.eid', p.eids)}`,
);

/** The readable names of the files of some experiments: of very many files, the rest is too much. */
export const readableNamesIn = query<{ eids: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('file')
    .innerJoin('experiment', 'experiment.id', 'file.experiment_id')
    .select(['experiment.eid', 'file.readable_name'])
    .where(dialect.isAmong('experiment.eid', p.eids)),
);

/** The file of a name, and the one that has the place of that name in the folder of the experiment. */
export const recordedAs = query<{ eid: string; name: string; foldedName: string }>()(
  (_, p) => sql<RecordedFile>`${recorded} where e.eid = ${p.eid}
    and (f.name = ${p.name} or f.folded_name = ${p.foldedName})`,
);

export const experimentsByEid = query<{ eids: readonly string[] }>()((db, p, dialect) =>
  db
    .selectFrom('experiment')
    .select(['id', 'uuid', 'eid', 'created_at'])
    .where(dialect.isAmong('experiment.eid', p.eids)),
);

/** Objects that are being removed, of the files of one folder; `start` is `EID/`. */
export const doomedIn = query<{ start: string }>()((db, p) =>
  db
    .selectFrom('doomed_object')
    .select(['object_key', 'readable_path'])
    .where(sql<string>`substr(readable_path, 1, length(${p.start}))`, '=', p.start),
);
