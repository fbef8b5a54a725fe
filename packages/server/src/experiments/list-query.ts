import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Visibility, type VisibilityParams, visibleExperiments } from '../access/visible-experiments.ts';
import type { Dialect } from '../platform/database/dialect.ts';
import { type Query, query } from '../platform/database/query.ts';
import type { ExperimentOrder } from './experiment-filters.ts';

/** What a list query looks like, without its values: each shape is built once. */
export interface ListShape {
  readonly visibility: Visibility;
  readonly archived: 0 | 1;
  /** Which table is walked first. */
  readonly driver: 'experiment' | 'tag' | 'search';
  /** How a text is looked for, if one is. */
  readonly text: 'none' | 'index' | 'scan' | 'lines';
  /** Number of tags that must be there besides the driver. */
  readonly otherTags: number;
  /** Any of several tags: `walk` tests each experiment, `collect` gathers theirs first. */
  readonly anyTag: 'none' | 'walk' | 'collect';
  readonly start: boolean;
  readonly end: boolean;
  /** Those of one author are walked by an index; `several` test each experiment. */
  readonly authors: 'none' | 'one' | 'several';
}

/** Tags that must be there besides the driver, each a parameter of its own: there is one for as many as a shape has. */
export type OtherTags = Readonly<Record<`other${number}`, number>>;

/** The values of a list query; which of them are used depends on the shape. */
export interface ListParams extends VisibilityParams, OtherTags {
  driverTag: number;
  /** The text as the index, a scan, or a scan for several lines looks for it. */
  needle: string;
  anyTag: readonly number[];
  start: number;
  end: number;
  /** No id of an experiment made before `start` is as large. */
  sureId: number;
  /** No id of an experiment made until `end` is larger. */
  lastId: number;
  /** The UUID of the first author, and those of all. */
  author: string;
  authors: readonly string[];
}

export interface PageParams extends ListParams {
  limit: number;
  offset: number;
  /** The last row of the page before. */
  afterId: number;
  afterKey: number | string;
}

interface PageRow {
  id: number;
  revision: number;
  /** What the list is sorted by, where that is not the id. */
  sort_key?: number | string;
  /** How many there are in all, where nothing is filtered: to ask for it on its own costs PostgreSQL a way there and back. */
  total?: number;
}

/** The two columns of each order; the second makes it total. */
const orders: Record<ExperimentOrder, { column: string; descending: boolean }> = {
  CREATED_DESC: { column: 'id', descending: true },
  CREATED_ASC: { column: 'id', descending: false },
  UPDATED_DESC: { column: 'updated_at', descending: true },
  UPDATED_ASC: { column: 'updated_at', descending: false },
  TITLE_ASC: { column: 'search_text', descending: false },
  TITLE_DESC: { column: 'search_text', descending: true },
};

/** The parameters of tags that must be there besides the driver. */
export function otherTags(ids: readonly number[]): OtherTags {
  return Object.fromEntries(ids.map((id, i) => [`other${i}`, id]));
}

const pages = new Map<string, Query<PageParams, PageRow>>();
const counts = new Map<string, Query<ListParams, { count: number }>>();

/** The query for a page of ids and revisions. */
export function pageQuery(
  shape: ListShape,
  order: ExperimentOrder,
  after: boolean,
): Query<PageParams, PageRow> {
  return remembered(pages, `${keyOf(shape)} ${order} ${after}`, () =>
    query<PageParams>()<PageRow>((_, p, dialect) => {
      const { column, descending } = orders[order];
      const direction = descending ? sql`desc` : sql`asc`;
      const id = idOf(shape, dialect);
      const key = column === 'id' ? id : sql`e.${sql.ref(column)}`;
      const conditions = conditionsOf(shape, p, dialect);
      if (after) {
        const beyond = descending ? sql`<` : sql`>`;
        conditions.push(
          column === 'id'
            ? sql`${id} ${beyond} ${p.afterId}`
            : sql`(${key}, ${id}) ${beyond} (${p.afterKey}, ${p.afterId})`,
        );
      }
      const sorting =
        column === 'id' ? sql`${id} ${direction}` : sql`${key} ${direction}, ${id} ${direction}`;
      const columns = [sql`e.id`, sql`e.revision`];
      if (column !== 'id') columns.push(sql`${key} as sort_key`);
      if (isCountedAlong(shape) && !shape.start && !shape.end) columns.push(sql`${counted(shape)} as total`);
      return sql<PageRow>`select ${sql.join(columns)} from ${tablesOf(shape, dialect)}
        where ${sql.join(conditions, sql` and `)} order by ${sorting} limit ${p.limit} offset ${p.offset}`;
    }),
  );
}

/** The query for the number of all that a list holds. */
export function countQuery(list: ListShape): Query<ListParams, { count: number }> {
  // A page is full after a few experiments; a total would test all of them, which took 2 s of a million.
  const isTested = list.anyTag === 'walk' && list.driver === 'experiment' && list.text === 'none';
  const shape: ListShape = isTested ? { ...list, anyTag: 'collect' } : list;
  return remembered(counts, keyOf(shape), () =>
    query<ListParams>()<{ count: number }>(
      (_, p, dialect) =>
        sql`select count(*) as count from ${isIndexEnough(shape, dialect) ? dialect.searchTable : tablesOf(shape, dialect)}
          where ${sql.join(conditionsOf(shape, p, dialect), sql` and `)}`,
    ),
  );
}

/** Whether a list is about nothing but a time: such ones are counted along. */
export function isCountedAlong({ visibility, driver, text, anyTag, authors }: ListShape): boolean {
  const walksAll = driver === 'experiment' && text === 'none' && anyTag === 'none';
  return walksAll && visibility === 'all' && authors === 'none';
}

/** The number of all, as it is counted along. */
function counted({ archived }: ListShape): RawBuilder<unknown> {
  const column = sql.ref(archived ? 'experiment_count.archived' : 'experiment_count.live');
  return sql`(select ${column} from experiment_count where scope = 'all')`;
}

/** Whether SQLite's full-text index is the table that is walked. */
function isIndexWalked(shape: ListShape, dialect: Dialect): boolean {
  return shape.driver === 'search' && dialect.searchTable !== null;
}

/** Whether the index alone can count: looking up 300,000 experiments would take ten times as long. */
function isIndexEnough(shape: ListShape, dialect: Dialect): boolean {
  const { visibility, otherTags, anyTag, start, end, authors } = shape;
  const isPlain =
    visibility === 'all' && otherTags === 0 && anyTag !== 'walk' && !start && !end && authors === 'none';
  return isPlain && isIndexWalked(shape, dialect);
}

function tablesOf(shape: ListShape, dialect: Dialect): RawBuilder<unknown> {
  if (shape.driver === 'tag') {
    return sql`experiment_tag t ${dialect.orderedJoin} experiment e on e.id = t.experiment_id`;
  }
  if (isIndexWalked(shape, dialect)) {
    return sql`${dialect.searchTable} ${dialect.orderedJoin} experiment e on e.id = s.rowid`;
  }
  return sql`experiment e`;
}

/** The id in the table that is walked: sorting by another one would sort all rows. */
function idOf(shape: ListShape, dialect: Dialect): RawBuilder<unknown> {
  if (shape.driver === 'tag') return sql`t.experiment_id`;
  return isIndexWalked(shape, dialect) ? sql`s.rowid` : sql`e.id`;
}

function conditionsOf(shape: ListShape, p: ListParams, dialect: Dialect): RawBuilder<unknown>[] {
  const archived = sql.lit(shape.archived);
  const id = idOf(shape, dialect);
  const conditions: RawBuilder<unknown>[] = [];
  if (shape.driver === 'tag') conditions.push(sql`t.tag_id = ${p.driverTag} and t.archived = ${archived}`);
  // SQLite's index on the text knows which are archived: see `searchNeedle`.
  else if (!isIndexWalked(shape, dialect)) conditions.push(sql`e.archived = ${archived}`);
  conditions.push(...visibleExperiments(shape.visibility, p, dialect));
  if (shape.text === 'index') conditions.push(sql`${dialect.matches(p.needle)}`);
  if (shape.text === 'scan') conditions.push(sql`${dialect.contains('e.search_text', p.needle)}`);
  if (shape.text === 'lines') conditions.push(sql`e.search_text like ${p.needle} escape ${sql.lit('\\')}`);
  for (let i = 0; i < shape.otherTags; i += 1) {
    conditions.push(hasTag(sql<SqlBool>`x.tag_id = ${p[`other${i}`]}`));
  }
  if (shape.anyTag === 'walk') conditions.push(hasTag(dialect.isAmong('x.tag_id', p.anyTag)));
  if (shape.anyTag === 'collect') {
    const collected = [sql`x.archived = ${archived}`, dialect.isAmong('x.tag_id', p.anyTag)];
    if (shape.start) collected.push(sql`x.experiment_id >= ${p.start}`);
    if (shape.end) collected.push(sql`x.experiment_id <= ${p.lastId}`);
    conditions.push(
      sql`${id} in (select x.experiment_id from experiment_tag x where ${sql.join(collected, sql` and `)})`,
    );
  }
  // The id alone tells of all but those of a moment: it is in the index, and rows that are passed over are not looked up.
  if (shape.start) {
    conditions.push(sql`${id} >= ${p.start} and (${id} >= ${p.sureId} or e.created_at >= ${p.start})`);
  }
  if (shape.end) {
    conditions.push(sql`${id} <= ${p.lastId} and (${id} <= ${p.end} or e.created_at <= ${p.end})`);
  }
  if (shape.authors === 'one') conditions.push(sql`e.created_by = ${p.author}`);
  if (shape.authors === 'several') conditions.push(dialect.isAmong('e.created_by', p.authors));
  return conditions;
}

function hasTag(condition: RawBuilder<SqlBool>): RawBuilder<unknown> {
  return sql`exists (select 1 from experiment_tag x where x.experiment_id = e.id and ${condition})`;
}

function keyOf(shape: ListShape): string {
  const { visibility, archived, driver, text, otherTags, anyTag, start, end, authors } = shape;
  return `${visibility} ${archived} ${driver} ${text} ${otherTags} ${anyTag} ${start} ${end} ${authors}`;
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
