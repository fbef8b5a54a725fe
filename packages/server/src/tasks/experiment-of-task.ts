import type { Context } from '../access/context.ts';
import { readTogether } from '../access/read-together.ts';
import { revisionsById } from '../experiments/experiment.queries.ts';
import type { Experiment } from '../experiments/experiment.ts';
import { loadRecords } from '../experiments/experiment-records.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Task } from './task.ts';

const readExperiment = readTogether(read);

/** The experiment of a task that the caller sees; those of a page are read together. */
export function experimentOf(ctx: Context, { experimentId }: Task): Promise<Experiment> {
  return readExperiment(ctx, experimentId);
}

async function read(ctx: Context, ids: readonly number[]): Promise<(Experiment | Error)[]> {
  const keys = await ctx.db.all(revisionsById, { ids });
  const byId = new Map((await loadRecords(ctx.db, keys)).map((experiment) => [experiment.id, experiment]));
  const gone = new AqueductError('NOT_FOUND', 'The experiment of this task was removed meanwhile.');
  return ids.map((id) => byId.get(id) ?? gone);
}
