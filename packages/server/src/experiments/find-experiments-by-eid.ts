import { limits } from '@aqueduct/contract';
import type { Context } from '../access/context.ts';
import { mayDo, requireExperimentRight } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { placesByEids } from './experiment.queries.ts';
import type { Experiment } from './experiment.ts';
import { loadRecords } from './experiment-records.ts';

/** The experiments with these EIDs, in their order; archived ones too, and without those that the caller may not see. */
export async function findExperimentsByEid(ctx: Context, eids: readonly string[]): Promise<Experiment[]> {
  requireExperimentRight(ctx.viewer, 'view');
  if (eids.length > limits.experimentsPerPage) {
    throw new AqueductError(
      'BAD_INPUT',
      `At most ${limits.experimentsPerPage} experiments can be read at once; ${eids.length} were asked for.`,
    );
  }
  // PostgreSQL refuses the character; no EID has it.
  const wanted = [...new Set(eids)].filter((eid) => !eid.includes('\0'));
  const rows = await ctx.db.all(placesByEids, { eids: wanted });
  const places = new Map(rows.map((row) => [row.eid, { ...row, createdByUuid: row.created_by }]));
  return loadRecords(
    ctx.db,
    wanted.flatMap((eid) => {
      const place = places.get(eid);
      return place && mayDo(ctx.viewer, 'view', place) ? [place] : [];
    }),
  );
}
