import type { Services } from '../access/context.ts';
import type { Viewer } from '../access/viewer.ts';
import { loseTask } from './lose-task.ts';
import { runTask } from './run-task.ts';
import { Runner } from './runner.ts';
import { takeTask } from './take-task.ts';
import { allowedVariables } from './task-environment.ts';

/**
 * Takes tasks from the queue and runs them.
 *
 * @returns what stops that: running tasks are told to end, and waited for
 */
export async function runTasks(
  services: Services,
  singleUser: Viewer,
  ownUrl: string,
): Promise<() => Promise<void>> {
  const { config, queue } = services;
  const variables = allowedVariables(process.env, config);
  const runner = new Runner(services, { ownUrl, variables, singleUser });
  // Beside what starts now, which is told from them.
  void runner.keeper.cleanEarlierStarts();
  await queue.start(
    {
      take: (tx, taskId) => takeTask(runner, tx, taskId),
      run: (task, signal) => runTask(runner, task, signal),
      lose: (tx, taskId, isOwnHome) => loseTask(runner, tx, taskId, isOwnHome),
    },
    config.tasksAtOnce,
  );
  return async () => {
    await queue.stop();
    runner.launcher.close();
  };
}
