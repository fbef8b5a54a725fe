import { revokeTaskTokens } from '../access/task-token.ts';
import type { RemovalStep } from '../experiments/remove-experiment.ts';
import { deleteFilesOfTask, deleteOutputOf, deleteTask, taskIdsOfExperiments } from './task.queries.ts';
import { changeKey, outputKey } from './task.ts';

/** What happens to the tasks of an experiment that is removed: running ones are cancelled, and none is left. */
export const removeTasksOfExperiment: RemovalStep = async (ctx, tx, { id: experimentId }) => {
  for (const { id, uuid } of await tx.all(taskIdsOfExperiments, { ids: [experimentId] })) {
    await ctx.queue.cancel(tx, id);
    await revokeTaskTokens(tx, uuid);
    await tx.run(deleteOutputOf, { id });
    await tx.run(deleteFilesOfTask, { id });
    await tx.run(deleteTask, { id });
    tx.afterCommit(() => {
      ctx.changes.notify(changeKey(id));
      ctx.changes.notify(outputKey(id));
    });
  }
};
