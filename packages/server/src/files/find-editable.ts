import type { Context } from '../access/context.ts';
import { type ExperimentPlace, findToChange } from '../experiments/find-experiment.ts';
import type { Executor } from '../platform/database/database.ts';

/**
 * The experiment whose files are going to be changed; asked inside the transaction of the change, since it may have
 * been removed while bytes came in.
 *
 * @throws AqueductError `NOT_FOUND` where there is none that the caller sees, `FORBIDDEN` where it may not be changed.
 */
export function findEditable(ctx: Context, db: Executor, uuid: string): Promise<ExperimentPlace> {
  return findToChange(ctx, db, 'edit', uuid, 'The specified experiment was not found.');
}
