import { limits } from '@aqueduct/contract';
import type { Context } from '../access/context.ts';
import { mayDo, requireExperimentRight } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { tagKey } from './experiment-rules.ts';
import { numberOfTags, type TagFilters, tagsOfNamed, tagsPage } from './tag.queries.ts';

export interface TagsInput {
  /** 0 and null: no limit. */
  limit?: number | null;
  offset?: number | null;
  filters?: { includeDangling?: boolean | null; startsWith?: string | null } | null;
}

/** A page of tags. All that fit the filters are counted by `countTags`, only where somebody asks. */
export interface TagPage {
  readonly tags: readonly string[];
  readonly filters: TagFilters;
  /** How many fit, where all of them were read. */
  readonly total?: number;
}

/** The names of tags, in alphabetical order. */
export async function findTags(ctx: Context, input: TagsInput): Promise<TagPage> {
  requireExperimentRight(ctx.viewer, 'view');
  const limit = input.limit ?? 0;
  const offset = input.offset ?? 0;
  if (limit > limits.tagsPerPage) {
    throw new AqueductError('BAD_INPUT', `Maximum allowed limit for tags is ${limits.tagsPerPage}`);
  }
  if (limit < 0) throw new AqueductError('BAD_INPUT', `The limit can't be negative; ${limit} was given.`);
  if (offset < 0) throw new AqueductError('BAD_INPUT', `The offset can't be negative; ${offset} was given.`);
  const filters: TagFilters = {
    dangling: input.filters?.includeDangling ? 1 : 0,
    ...keysWith(input.filters?.startsWith ?? ''),
  };
  if (ctx.viewer.only) {
    const all = await tagsOfOnly(ctx, ctx.viewer.only, filters);
    return { tags: all.slice(offset, offset + (limit || all.length)), filters, total: all.length };
  }
  const rows = await ctx.db.all(tagsPage, { ...filters, limit: limit || Number.MAX_SAFE_INTEGER, offset });
  return { tags: rows.map((row) => row.name), filters };
}

/** How many tags the filters of a page match, before paging. */
export async function countTags(ctx: Context, { filters, total }: TagPage): Promise<number> {
  return total ?? (await ctx.db.first(numberOfTags, filters))?.count ?? 0;
}

/** Of other experiments, a narrowed caller learns nothing: so not what they are tagged with either. */
async function tagsOfOnly(
  ctx: Context,
  only: ReadonlySet<string>,
  { first, last }: TagFilters,
): Promise<string[]> {
  const rows = await ctx.db.all(tagsOfNamed, { uuids: [...only] });
  const seen = rows.filter(
    ({ uuid, created_by: createdByUuid, key }) =>
      mayDo(ctx.viewer, 'view', { uuid, createdByUuid }) && key >= first && key < last,
  );
  return [...new Set(seen.map(({ name }) => name))];
}

/** The range of keys with this beginning: a tilde is behind every character of a tag. Others begin no tag. */
function keysWith(beginning: string): { first: string; last: string } {
  if (!/^[a-zA-Z0-9\-_:/]*$/.test(beginning)) return { first: '~', last: '' };
  return { first: tagKey(beginning), last: `${tagKey(beginning)}~` };
}
