import { limits } from '@aqueduct/contract';
import type { Context } from '../access/context.ts';
import { requireScope } from '../access/require-scope.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { parseUuid } from '../platform/uuid.ts';
import { type ExecuteInput, executeExtension } from './execute-extension.ts';

interface WithContext {
  readonly ctx: Context;
}

interface TasksInput {
  limit: number;
  offset: number;
  filters?: { experiment?: { type: 'UUID' | 'EID'; value: string } | null } | null;
}

/** Without extensions no task was ever submitted: lists are empty, and every task is unknown. */
export const taskResolvers = {
  Query: {
    task: (_: unknown, __: unknown, { ctx }: WithContext) => {
      requireJobScope(ctx, 'view');
      throw new AqueductError(
        'NOT_FOUND',
        'DB query failed due to non-existing task with the specified task id.',
      );
    },
    tasks: (_: unknown, input: TasksInput, { ctx }: WithContext) => {
      requireJobScope(ctx, 'view');
      requireTasksInput(input);
      return { tasksData: [], totalTasksCount: 0 };
    },
  },
  Mutation: {
    executeExtension: (_: unknown, input: ExecuteInput, { ctx }: WithContext) => executeExtension(ctx, input),
    cancelTask: (_: unknown, __: unknown, { ctx }: WithContext) => {
      requireJobScope(ctx, 'cancel');
      throw new AqueductError(
        'NOT_FOUND',
        'DB query failed as task does not exist, or user has no access to cancel it.',
      );
    },
  },
  ExperimentData: { tasks: () => [] },
};

function requireTasksInput({ limit, offset, filters }: TasksInput): void {
  if (limit > limits.tasksPerPage) {
    throw new AqueductError('BAD_INPUT', `Maximum allowed limit for experiments is ${limits.tasksPerPage}`);
  }
  if (limit < 0) throw new AqueductError('BAD_INPUT', `The limit can't be negative; ${limit} was given.`);
  if (offset < 0) throw new AqueductError('BAD_INPUT', `The offset can't be negative; ${offset} was given.`);
  const experiment = filters?.experiment;
  if (experiment && experiment.type !== 'UUID') {
    throw new AqueductError('BAD_INPUT', 'Only UUID is supported as experiment identifier in Task filter');
  }
  if (experiment && parseUuid(experiment.value) === undefined) {
    throw new AqueductError('BAD_INPUT', `"${experiment.value.slice(0, 80)}" is no UUID of an experiment.`);
  }
}

function requireJobScope(ctx: Context, right: 'view' | 'cancel'): void {
  if (!ctx.viewer.scopes.has(`job::${right}::all`)) requireScope(ctx.viewer, `job::${right}::own`);
}
