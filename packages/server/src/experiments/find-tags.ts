import { limits } from '@aqueduct/contract';
import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { countTags, tagsPage } from './tag.queries.ts';

export interface TagsInput {
  /** 0 and null: no limit. */
  limit?: number | null;
  offset?: number | null;
  filters?: { includeDangling?: boolean | null } | null;
}

/** The names of tags, in alphabetical order, and how many there are before paging. */
export async function findTags(ctx: Context, input: TagsInput): Promise<{ tags: string[]; count: number }> {
  requireExperimentRight(ctx.viewer, 'view');
  const limit = input.limit ?? 0;
  const offset = input.offset ?? 0;
  if (limit > limits.tagsPerPage) {
    throw new AqueductError('BAD_INPUT', `Maximum allowed limit for tags is ${limits.tagsPerPage}`);
  }
  if (limit < 0) throw new AqueductError('BAD_INPUT', `The limit can't be negative; ${limit} was given.`);
  if (offset < 0) throw new AqueductError('BAD_INPUT', `The offset can't be negative; ${offset} was given.`);
  const dangling = input.filters?.includeDangling ? 1 : 0;
  const rows = await ctx.db.all(tagsPage, { dangling, limit: limit || Number.MAX_SAFE_INTEGER, offset });
  const count = await ctx.db.first(countTags, { dangling });
  return { tags: rows.map((row) => row.name), count: count?.count ?? 0 };
}
