import { limits } from '@aqueduct/contract';
import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { tagKey } from './experiment-rules.ts';
import { numberOfTags, type TagFilters, tagsPage } from './tag.queries.ts';

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
  const rows = await ctx.db.all(tagsPage, { ...filters, limit: limit || Number.MAX_SAFE_INTEGER, offset });
  return { tags: rows.map((row) => row.name), filters };
}

/** How many tags the filters of a page match, before paging. */
export async function countTags(ctx: Context, { filters }: TagPage): Promise<number> {
  return (await ctx.db.first(numberOfTags, filters))?.count ?? 0;
}

/** The range of keys with this beginning: a tilde is behind every character of a tag. Others begin no tag. */
function keysWith(beginning: string): { first: string; last: string } {
  if (!/^[a-zA-Z0-9\-_:/]*$/.test(beginning)) return { first: '~', last: '' };
  return { first: tagKey(beginning), last: `${tagKey(beginning)}~` };
}
