import type { Services } from '../access/context.ts';
import type { Viewer } from '../access/viewer.ts';
import { loseTask } from './lose-task.ts';
import { runTask } from './run-task.ts';
import { Runner } from './runner.ts';
import { stopSweepingOutput, sweepOutput } from './sweep-output.ts';
import { takeTask } from './take-task.ts';
import { allowedVariables } from './task-environment.ts';

/** Tasks that are taken and run. */
export interface RunningTasks {
  /** Takes no more; running ones are told to end, and waited for. */
  stop(): Promise<void>;
  /** Ends the programs of running ones, without time to bring anything to rest. */
  kill(): Promise<void>;
}

/** Takes tasks from the queue and runs them. */
export async function runTasks(
  services: Services,
  singleUser: Viewer,
  ownUrl: string,
): Promise<RunningTasks> {
  const { config, queue } = services;
  const variables = allowedVariables(process.env, config);
  const runner = new Runner(services, { ownUrl, variables, singleUser });
  // Beside what starts now, which is told from them.
  const cleaning = runner.keeper.cleanEarlierStarts();
  sweepOutput(services);
  await queue.start(
    {
      take: (tx, taskId) => takeTask(runner, tx, taskId),
      run: (task, signal) => runTask(runner, task, signal),
      lose: (tx, taskId, isOwnHome) => loseTask(runner, tx, taskId, isOwnHome),
    },
    config.tasksAtOnce,
  );
  return {
    async stop() {
      runner.stop();
      await Promise.all([queue.stop(), cleaning, stopSweepingOutput(services.db)]);
      await runner.keeper.cleaned();
      runner.launcher.close();
    },
    kill: () => runner.keeper.killAll(),
  };
}
