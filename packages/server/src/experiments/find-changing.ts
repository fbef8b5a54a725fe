import type { Context } from '../access/context.ts';
import type { Executor } from '../platform/database/database.ts';
import { query } from '../platform/database/query.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Tagged } from './add-tags.ts';
import { findToChange } from './find-experiment.ts';

const taggedById = query<{ id: number }>()((db, p) =>
  db
    .selectFrom('experiment')
    .select(['id', 'eid', 'title', 'description', 'created_at', 'search_text', 'archived', 'version'])
    .where('id', '=', p.id),
);

/** An experiment in the middle of a change. */
export interface Changing extends Tagged {
  readonly eid: string;
  readonly title: string;
  readonly description: string;
  readonly searchText: string;
  readonly version: number;
}

/** Finds the experiment whose texts or tags are going to be changed, in the transaction of the change. */
export async function findChanging(
  ctx: Context,
  tx: Executor,
  uuid: string,
  right: 'edit' | 'delete' = 'edit',
): Promise<Changing> {
  const { id } = await findToChange(ctx, tx, right, uuid);
  const row = await tx.first(taggedById, { id });
  if (!row)
    throw new AqueductError('NOT_FOUND', 'Non-existing experiment with the specified UUID for the user.');
  return {
    id,
    eid: row.eid,
    title: row.title,
    description: row.description,
    createdAt: row.created_at,
    searchText: row.search_text,
    archived: row.archived,
    version: row.version,
  };
}
