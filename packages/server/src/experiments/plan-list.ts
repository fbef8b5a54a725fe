import { sql } from 'kysely';
import type { Context } from '../access/context.ts';
import { visibilityFor, visibilityParams } from '../access/visible-experiments.ts';
import { searchNeedle } from '../platform/database/dialect.ts';
import { isIndexable } from '../platform/database/is-indexable.ts';
import { query } from '../platform/database/query.ts';
import { isSearchIndexCurrent } from '../platform/database/search-index.ts';
import type { ExperimentFilters } from './experiment-filters.ts';
import { titlePattern } from './experiment-rules.ts';
import { type ListParams, type ListShape, otherTags } from './list-query.ts';
import { countOfAll, tagsByKey } from './tag.queries.ts';

/** How a list is read: the shape of its query, the values, and what was learnt on the way. */
export interface ListPlan {
  readonly shape: ListShape;
  readonly params: ListParams;
  /** The one tag that the list is about, with its number of experiments. */
  readonly onlyTag: { readonly count: number } | undefined;
  /** Whether reading a page may take more than a few milliseconds. */
  readonly isSlow: boolean;
}

/** A tag with fewer experiments than this is walked even where a text could be looked up. */
const FEW = 2000;
/** Testing each experiment for one of several tags is good when they are on one of a hundred at least. */
const COMMON_SHARE = 100;

/** An id is the creation, moved on by a few microseconds where it was taken: never by a second. */
const MOST_ID_SHIFT = 1_000_000;

const usersByName = query<{ names: readonly string[] }>()<{ uuid: string }>(
  (_, p, dialect) => sql`select uuid from "user" where ${dialect.isAmong('username', p.names)}`,
);

/** Chooses how to read a list. Undefined where a tag or an author is asked for that there is not: the list is empty. */
export async function planList(ctx: Context, filters: ExperimentFilters): Promise<ListPlan | undefined> {
  const { archived } = filters;
  const keys = [...filters.allTags, ...filters.anyTag];
  const rows = keys.length > 0 ? await ctx.db.all(tagsByKey, { keys }) : [];
  const tagByKey = new Map(
    rows.map((row) => [row.key, { id: row.id, count: archived ? row.archived : row.live }]),
  );

  const all = filters.allTags.map((key) => tagByKey.get(key));
  const any = filters.anyTag.flatMap((key) => tagByKey.get(key) ?? []);
  if (filters.anyTag.length > 0 && any.length === 0) return undefined;
  // Any of one tag is the same as all of it.
  if (any.length === 1) all.push(any.pop());
  const required = all.flatMap((tag) => tag ?? []).toSorted((a, b) => a.count - b.count);
  if (required.length < all.length) return undefined;

  const { authors: names } = filters;
  const users = names.length > 0 ? await ctx.db.all(usersByName, { names }) : [];
  const authors = users.map(({ uuid }) => uuid);
  if (names.length > 0 && authors.length === 0) return undefined;

  const [rarest, ...others] = required;
  const visibility = visibilityFor(ctx.viewer);
  const hasText = filters.text !== '';
  const hasLines = filters.text.includes('\n');
  const isFew = rarest !== undefined && rarest.count < FEW;
  const isIndexed =
    hasText &&
    !hasLines &&
    !isFew &&
    (await isIndexable(ctx.db, filters.text)) &&
    (await isSearchIndexCurrent(ctx.db, ctx.log));
  const driver = isIndexed ? 'search' : rarest ? 'tag' : 'experiment';
  if (driver !== 'tag' && rarest) others.unshift(rarest);
  const text = !hasText ? 'none' : hasLines ? 'lines' : driver === 'search' ? 'index' : 'scan';
  const anyCount = any.reduce((sum, tag) => sum + tag.count, 0);
  const shape: ListShape = {
    visibility,
    archived,
    driver,
    text,
    otherTags: others.length,
    anyTag:
      any.length === 0
        ? 'none'
        : anyCount * COMMON_SHARE > (await totalOf(ctx, archived))
          ? 'walk'
          : 'collect',
    start: filters.start !== undefined,
    end: filters.end !== undefined,
    authors: authors.length === 0 ? 'none' : authors.length === 1 ? 'one' : 'several',
  };
  const isPlain =
    !hasText && others.length === 0 && any.length === 0 && names.length === 0 && visibility === 'all';
  return {
    shape,
    params: {
      ...visibilityParams(ctx.viewer),
      driverTag: rarest?.id ?? 0,
      needle: needleOf(ctx, filters, text),
      ...otherTags(others.map((tag) => tag.id)),
      anyTag: any.map((tag) => tag.id),
      start: filters.start ?? 0,
      end: filters.end ?? 0,
      sureId: (filters.start ?? 0) + MOST_ID_SHIFT,
      lastId: (filters.end ?? 0) + MOST_ID_SHIFT,
      author: authors[0] ?? '',
      authors,
    },
    onlyTag: isPlain && rarest && !shape.start && !shape.end ? { count: rarest.count } : undefined,
    isSlow: !isPlain,
  };
}

function needleOf({ db }: Context, { text, archived }: ExperimentFilters, kind: ListShape['text']): string {
  if (kind === 'lines') return titlePattern(text);
  return kind === 'index' ? searchNeedle(db.engine, text, archived) : text;
}

async function totalOf(ctx: Context, archived: 0 | 1): Promise<number> {
  const count = await ctx.db.first(countOfAll, {});
  return (archived ? count?.archived : count?.live) ?? 0;
}
