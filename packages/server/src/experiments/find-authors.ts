import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import { query } from '../platform/database/query.ts';

const authors = query()((db) =>
  db
    .selectFrom('user')
    .select('username')
    .where((e) =>
      e.exists(
        e
          .selectFrom('experiment')
          .select('experiment.id')
          .whereRef('experiment.created_by', '=', 'user.uuid'),
      ),
    )
    .orderBy('username'),
);

/** The names of all who have made an experiment, in alphabetical order. */
export async function findAuthors(ctx: Context): Promise<string[]> {
  requireExperimentRight(ctx.viewer, 'view');
  return (await ctx.db.all(authors, {})).map(({ username }) => username);
}
