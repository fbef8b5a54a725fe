import { revokeTaskTokens } from '../access/task-token.ts';
import type { RemovalStep } from '../experiments/remove-experiment.ts';
import { sweepOutput } from './sweep-output.ts';
import { deleteTaskFilesOf, deleteTasksOf, endsOfTasks } from './task.queries.ts';
import { changeKey, outputKey } from './task.ts';
import { doomOutputOf } from './task-output.queries.ts';

/**
 * What happens to the tasks of an experiment that is removed: running ones are cancelled, and none is left. What they have
 * printed is deleted behind that.
 */
export const removeTasksOfExperiment: RemovalStep = async (ctx, tx, { id: experimentId }) => {
  const tasks = await tx.all(endsOfTasks, { experimentId });
  if (tasks.length === 0) return;
  for (const { id, uuid } of tasks.filter(({ ended_at }) => ended_at === null)) {
    await ctx.queue.cancel(tx, id);
    await revokeTaskTokens(tx, uuid);
  }
  for (const statement of [doomOutputOf, deleteTaskFilesOf, deleteTasksOf]) {
    await tx.run(statement, { experimentId });
  }
  tx.afterCommit(() => {
    sweepOutput(ctx);
    for (const { id } of tasks) {
      ctx.changes.notify(changeKey(id));
      ctx.changes.notify(outputKey(id));
    }
  });
};
