import type { Context } from '../access/context.ts';
import { mayDo, requireExperimentRight } from '../access/require-scope.ts';
import type { Executor } from '../platform/database/database.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { parseUuid } from '../platform/uuid.ts';
import { placeByEid, placeByUuid } from './experiment.queries.ts';
import type { Experiment } from './experiment.ts';
import { loadRecords } from './experiment-records.ts';

/** What identifies an experiment. A UUID here is in its canonical form. */
export type ExperimentIdentifier = { readonly uuid: string } | { readonly eid: string };

/** Where an experiment lies, and what rights on it depend on. */
export interface ExperimentPlace {
  readonly id: number;
  readonly uuid: string;
  readonly eid: string;
  readonly revision: number;
  readonly createdByUuid: string;
}

/** Finds an experiment as clients ask for it. */
export async function findExperiment(
  ctx: Context,
  { type, value }: { type: 'UUID' | 'EID'; value: string },
): Promise<Experiment> {
  requireExperimentRight(ctx.viewer, 'view');
  if (type === 'EID') {
    const experiment = await findVisibleExperiment(ctx, { eid: value });
    if (experiment) return experiment;
    throw new AqueductError('NOT_FOUND', 'Non-existing experiment with the specified eid for the user.');
  }
  const uuid = parseUuid(value);
  if (uuid === undefined) throw new AqueductError('BAD_INPUT', 'badly formed hexadecimal UUID string');
  const experiment = await findVisibleExperiment(ctx, { uuid });
  if (experiment) return experiment;
  throw new AqueductError(
    'NOT_FOUND',
    'DB query failed due to non-existing experiment with the specified UUID.',
  );
}

/** The experiment, if there is one that the caller may see. */
export async function findVisibleExperiment(
  ctx: Context,
  identifier: ExperimentIdentifier,
): Promise<Experiment | undefined> {
  const place = await findPlace(ctx.db, identifier);
  if (!place || !mayDo(ctx.viewer, 'view', place)) return undefined;
  return (await loadRecords(ctx.db, [place]))[0];
}

/**
 * Finds an experiment in the transaction that is going to change it.
 *
 * @throws AqueductError `NOT_FOUND` where there is none that the caller may see, `FORBIDDEN` where it may not be
 * changed in this way.
 */
export async function findToChange(
  ctx: Context,
  tx: Executor,
  right: 'edit' | 'delete',
  uuid: string,
  notFound = 'Non-existing experiment with the specified UUID for the user.',
): Promise<ExperimentPlace> {
  const place = await findPlace(tx, { uuid });
  if (!place || !mayDo(ctx.viewer, 'view', place)) throw new AqueductError('NOT_FOUND', notFound);
  if (!mayDo(ctx.viewer, right, place)) {
    throw new AqueductError('FORBIDDEN', `${ctx.viewer.username} may not ${right} this experiment.`);
  }
  return place;
}

async function findPlace(
  db: Executor,
  identifier: ExperimentIdentifier,
): Promise<ExperimentPlace | undefined> {
  // PostgreSQL refuses the character; no EID has it.
  if ('eid' in identifier && identifier.eid.includes('\0')) return undefined;
  const row =
    'uuid' in identifier ? await db.first(placeByUuid, identifier) : await db.first(placeByEid, identifier);
  return (
    row && { id: row.id, uuid: row.uuid, eid: row.eid, revision: row.revision, createdByUuid: row.created_by }
  );
}
