import { revokeTaskTokens } from '../access/task-token.ts';
import type { RemovalStep } from '../experiments/remove-experiment.ts';
import { deleteOutputOf, deleteTaskFilesOf, deleteTasksOf, endsOfTasks } from './task.queries.ts';
import { changeKey, outputKey } from './task.ts';

/** What happens to the tasks of an experiment that is removed: running ones are cancelled, and none is left. */
export const removeTasksOfExperiment: RemovalStep = async (ctx, tx, { id: experimentId }) => {
  const tasks = await tx.all(endsOfTasks, { experimentId });
  if (tasks.length === 0) return;
  for (const { id, uuid } of tasks.filter(({ ended_at }) => ended_at === null)) {
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
