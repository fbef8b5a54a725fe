import type { Context } from '../access/context.ts';
import { readTogether } from '../access/read-together.ts';
import type { Experiment } from '../experiments/experiment.ts';
import { loadTasks } from './find-task.ts';
import { taskIdsOfExperiments } from './task.queries.ts';
import type { Task } from './task.ts';

/** As long as it takes to read them. */
const COST_OF_TASK = 80;

const readTasks = readTogether(read);

/** The tasks of an experiment that the caller may see, the newest first; those of a page are read together. */
export function tasksOfExperiment(ctx: Context, { id }: Experiment): Promise<Task[]> {
  return readTasks(ctx, id);
}

async function read(ctx: Context, experimentIds: readonly number[]): Promise<Task[][]> {
  const { scopes, uuid } = ctx.viewer;
  const seesAll = scopes.has('job::view::all');
  if (!seesAll && !scopes.has('job::view::own')) return experimentIds.map(() => []);
  const limit = ctx.budget.rowsToRead(COST_OF_TASK);
  const rows = await ctx.db.all(taskIdsOfExperiments, { ids: experimentIds, limit });
  if (!ctx.budget.spend(rows.length * COST_OF_TASK)) return experimentIds.map(() => []);
  const visible = rows.filter((row) => seesAll || row.created_by === uuid).map((row) => row.id);
  const tasks = Map.groupBy(await loadTasks(ctx.db, visible), (task) => task.experimentId);
  return experimentIds.map((id) => tasks.get(id) ?? []);
}
