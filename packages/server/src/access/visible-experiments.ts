import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Schema } from '../platform/database/schema.ts';
import type { Viewer } from './viewer.ts';

/** Which experiments a caller sees. Part of the key of every list query. */
export type Visibility = 'all' | 'own';

/** What the caller sees of the experiments; every read goes through this and {@link visibleExperiments}. */
export function visibilityFor(viewer: Viewer): Visibility {
  return viewer.scopes.has('experiment::view::all') ? 'all' : 'own';
}

/** The condition of visibility on the table `experiment`, for queries that bind the caller's UUID as `viewer`. */
export function visibleExperiments(
  visibility: Visibility,
  expression: ExpressionBuilder<Schema, 'experiment'>,
  viewerUuid: string,
): Expression<SqlBool> {
  return visibility === 'all' ? expression.and([]) : expression('experiment.created_by', '=', viewerUuid);
}
