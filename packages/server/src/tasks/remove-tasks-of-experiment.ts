import { revokeTaskTokens } from '../access/task-token.ts';
import type { RemovalStep } from '../experiments/remove-experiment.ts';
import {
  deleteOutputOf,
  deleteTaskFilesOf,
  deleteTasksOf,
  runningTasksOf,
  taskIdsOfExperiments,
} from './task.queries.ts';
import { changeKey, outputKey } from './task.ts';

/** What happens to the tasks of an experiment that is removed: running ones are cancelled, and none is left. */
export const removeTasksOfExperiment: RemovalStep = async (ctx, tx, { id: experimentId }) => {
  const tasks = await tx.all(taskIdsOfExperiments, { ids: [experimentId], limit: Number.MAX_SAFE_INTEGER });
  if (tasks.length === 0) return;
  for (const { id, uuid } of await tx.all(runningTasksOf, { experimentId })) {
    await ctx.queue.cancel(tx, id);
    await revokeTaskTokens(tx, uuid);
  }
  for (const statement of [deleteOutputOf, deleteTaskFilesOf, deleteTasksOf]) {
    await tx.run(statement, { experimentId });
  }
  tx.afterCommit(() => {
    for (const { id } of tasks) {
      ctx.changes.notify(changeKey(id));
      ctx.changes.notify(outputKey(id));
    }
  });
};
