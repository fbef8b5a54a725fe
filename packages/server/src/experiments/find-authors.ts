import { sql } from 'kysely';
import type { Context } from '../access/context.ts';
import { requireExperimentRight } from '../access/require-scope.ts';
import {
  type Visibility,
  type VisibilityParams,
  visibilityFor,
  visibilityParams,
  visibleExperiments,
} from '../access/visible-experiments.ts';
import { query } from '../platform/database/query.ts';

const authors = {
  all: authorsOf('all'),
  own: authorsOf('own'),
  named: authorsOf('named'),
  'own and named': authorsOf('own and named'),
};

/** The names of all who have made an experiment that the caller sees, in alphabetical order. */
export async function findAuthors(ctx: Context): Promise<string[]> {
  const { viewer } = ctx;
  requireExperimentRight(viewer, 'view');
  const rows = await ctx.db.all(authors[visibilityFor(viewer)], visibilityParams(viewer));
  return rows.map(({ username }) => username);
}

function authorsOf(visibility: Visibility) {
  return query<VisibilityParams>()<{ username: string }>((_, p, dialect) => {
    const conditions = [sql`e.created_by = u.uuid`, ...visibleExperiments(visibility, p, dialect)];
    return sql`select u.username from "user" u
      where exists (select 1 from experiment e where ${sql.join(conditions, sql` and `)}) order by u.username`;
  });
}
