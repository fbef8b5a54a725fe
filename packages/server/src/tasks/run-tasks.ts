import type { Services } from '../access/context.ts';
import type { Viewer } from '../access/viewer.ts';
import { loseTask } from './lose-task.ts';
import { runTask } from './run-task.ts';
import { Runner } from './runner.ts';
import { allowedVariables } from './task-environment.ts';

/** Takes tasks from the queue and runs them, until the queue stops. */
export async function runTasks(services: Services, singleUser: Viewer, ownUrl: string): Promise<void> {
  const { config, queue } = services;
  const variables = allowedVariables(process.env, config);
  const runner = new Runner(services, { ownUrl, variables, singleUser });
  await queue.start(
    {
      run: (taskId, signal) => runTask(runner, taskId, signal),
      lose: (taskId, isOwnHome) => loseTask(runner, taskId, isOwnHome),
    },
    config.tasksAtOnce,
  );
}
