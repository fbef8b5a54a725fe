import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../access/context.ts';
import type { Experiment } from '../experiments/experiment.ts';
import type { StoredFile } from '../files/file.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { notBlocking, refuseBlockingFields } from './blocking-fields.ts';
import { cancelTask } from './cancel-task.ts';
import { type ExecuteInput, executeExtension } from './execute-extension.ts';
import { experimentOf } from './experiment-of-task.ts';
import { findTask, loadVisibleTask, mayDoWithTask } from './find-task.ts';
import { countTasks, findTasks, type TaskPage, type TasksInput } from './find-tasks.ts';
import { outputText, readOutput } from './read-output.ts';
import { rerunTask } from './rerun-task.ts';
import { runRecordOf } from './run-record.ts';
import { hasEnded, NO_CODE, type Task } from './task.ts';
import { inputsOf, outputsOf } from './task-files.ts';
import { tasksOfExperiment } from './tasks-of-experiment.ts';
import { watchOutput, watchTasks } from './watch-tasks.ts';

interface WithContext {
  readonly ctx: Context;
}

interface WithWatcher extends WithContext {
  /** Aborts when nobody reads the results any more. */
  readonly left: AbortSignal;
}

/** What GraphQL asks of this room. */
export const taskResolvers = {
  Query: {
    task: (_: unknown, { taskId }: { taskId: string }, { ctx }: WithContext) => findTask(ctx, taskId),
    tasks: (_: unknown, input: TasksInput, { ctx }: WithContext) => findTasks(ctx, input),
  },
  Mutation: {
    executeExtension: (_: unknown, input: ExecuteInput, { ctx }: WithContext, info: GraphQLResolveInfo) =>
      executeExtension(ctx, input, () => refuseBlockingFields(info)),
    cancelTask: (
      _: unknown,
      { cancelTaskInput }: { cancelTaskInput: { taskId: string } },
      { ctx }: WithContext,
    ) => cancelTask(ctx, cancelTaskInput.taskId),
    rerunTask: (
      _: unknown,
      { taskId, overrides }: { taskId: string; overrides?: readonly (readonly string[])[] | null },
      { ctx }: WithContext,
      info: GraphQLResolveInfo,
    ) => {
      refuseBlockingFields(info);
      return rerunTask(ctx, taskId, overrides ?? []);
    },
  },
  Subscription: {
    taskUpdated: {
      subscribe: (_: unknown, { taskId }: { taskId?: string | null }, { ctx, left }: WithWatcher) =>
        watchTasks(ctx, taskId ?? undefined, left),
    },
    taskOutput: {
      subscribe: (
        _: unknown,
        { taskId, after }: { taskId: string; after?: number | null },
        { ctx, left }: WithWatcher,
      ) => watchOutput(ctx, taskId, after ?? 0, left),
    },
  },
  Tasks: {
    tasksData: (page: TaskPage) => page.tasks,
    totalTasksCount: (page: TaskPage, _: unknown, { ctx }: WithContext) => countTasks(ctx, page),
  },
  ExperimentData: {
    tasks: (experiment: Experiment, _: unknown, { ctx }: WithContext) => tasksOfExperiment(ctx, experiment),
  },
  ExperimentFile: {
    producedBy: ({ taskUuid }: StoredFile, _: unknown, { ctx }: WithContext) =>
      taskUuid === null ? null : loadVisibleTask(ctx, taskUuid),
  },
  TaskData: {
    experiment: (task: Task, _: unknown, { ctx }: WithContext) => experimentOf(ctx, task),
    parameters: async (task: Task, _: unknown, { ctx }: WithContext) =>
      (await runRecordOf(ctx, task)).parameters.map(({ value, ...key }) => ({ key, value })),
    stdOut: (task: Task, _: unknown, { ctx }: WithContext) => outputText(ctx, task, 'stdout'),
    stdErr: (task: Task, _: unknown, { ctx }: WithContext) => outputText(ctx, task, 'stderr'),
    output: (task: Task, { after }: { after?: number | null }, { ctx }: WithContext) =>
      readOutput(ctx, task.id, after ?? 0),
    inputs: (task: Task, _: unknown, { ctx }: WithContext) => inputsOf(ctx, task),
    outputs: (task: Task, _: unknown, { ctx }: WithContext) => outputsOf(ctx, task),
    environment: async (task: Task, _: unknown, { ctx }: WithContext) => ({
      ...task,
      ...(await runRecordOf(ctx, task)),
    }),
    rerunOf: ({ rerunOf }: Task, _: unknown, { ctx }: WithContext) =>
      rerunOf === null ? null : loadVisibleTask(ctx, rerunOf),
    viewerCanCancel: async (task: Task, _: unknown, { ctx }: WithContext) => {
      if (hasEnded(task.taskStatus)) return false;
      const { uuid, createdByUuid } = await experimentOf(ctx, task);
      const experiment = { uuid, createdByUuid };
      return mayDoWithTask(ctx, 'cancel', { starter: task.createdByUuid, experiment });
    },
    // The fields of the blocking form.
    returnCode: (task: Task) => ended(task).resultCode ?? NO_CODE,
    stdout: (task: Task, _: unknown, { ctx }: WithContext) => outputText(ctx, ended(task), 'stdout'),
    stderr: (task: Task, _: unknown, { ctx }: WithContext) => outputText(ctx, ended(task), 'stderr'),
    logExperiment: async (task: Task, _: unknown, { ctx }: WithContext) =>
      (await experimentOf(ctx, ended(task))).eid,
    logFile: (task: Task) => {
      if (ended(task).logFile !== null) return task.logFile;
      throw new AqueductError('BAD_INPUT', 'This task has no log file: only the blocking form saves one.');
    },
  },
};

function ended(task: Task): Task {
  if (hasEnded(task.taskStatus)) return task;
  throw notBlocking();
}
