import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect } from '../platform/database/dialect.ts';
import type { Viewer } from './viewer.ts';

/** Which experiments a caller sees. Part of the key of every list query. */
export type Visibility = 'all' | 'own' | 'named' | 'own and named';

/** The values that {@link visibleExperiments} binds. */
export interface VisibilityParams {
  viewer: string;
  /** UUIDs of the only experiments of a narrowed caller. */
  only: readonly string[];
}

/** What the caller sees of the experiments; every read goes through this and {@link visibleExperiments}. */
export function visibilityFor({ scopes, only }: Viewer): Visibility {
  if (scopes.has('experiment::view::all')) return only ? 'named' : 'all';
  return only ? 'own and named' : 'own';
}

export function visibilityParams({ uuid, only }: Viewer): VisibilityParams {
  return { viewer: uuid, only: [...(only ?? [])] };
}

/** The conditions of visibility on the table `experiment e`. */
export function visibleExperiments(
  visibility: Visibility,
  p: VisibilityParams,
  dialect: Dialect,
): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (visibility.startsWith('own')) conditions.push(sql<SqlBool>`e.created_by = ${p.viewer}`);
  if (visibility.endsWith('named')) conditions.push(dialect.isAmong('e.uuid', p.only));
  return conditions;
}
