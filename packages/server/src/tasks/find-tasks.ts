import { limits } from '@aqueduct/contract';
import { sql } from 'kysely';
import type { Context } from '../access/context.ts';
import {
  type Visibility,
  type VisibilityParams,
  visibilityFor,
  visibilityParams,
  visibleExperiments,
} from '../access/visible-experiments.ts';
import type { Dialect } from '../platform/database/dialect.ts';
import { type Query, query } from '../platform/database/query.ts';
import type { TaskStatus } from '../platform/database/schema.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { parseUuid } from '../platform/uuid.ts';
import { loadTasks, requireJobRight } from './find-task.ts';
import type { Task } from './task.ts';

/** Filters as they come from outside; null is the same as nothing. */
interface TasksFilterInput {
  username?: string | null;
  extensionName?: string | null;
  actionName?: string | null;
  experiment?: { type: 'UUID' | 'EID'; value: string } | null;
  /** Microseconds since 1970; both bounds belong to the period in which a task was received. */
  startDate?: number | null;
  endDate?: number | null;
  taskStatus?: readonly TaskStatus[] | null;
}

export interface TasksInput {
  limit: number;
  offset: number;
  filters?: TasksFilterInput | null;
}

/** A page of tasks. Its total is counted by `countTasks`, only where somebody asks. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  readonly shape: Shape;
  readonly params: Params;
}

/** What a query for tasks looks like, without its values: each shape is built once. */
interface Shape {
  readonly visibility: Visibility;
  readonly onlyOwn: boolean;
  /** The filters that are given. */
  readonly by: readonly (keyof typeof conditions)[];
}

interface Params extends VisibilityParams {
  username: string;
  extensionName: string;
  actionName: string;
  experiment: string;
  startDate: number;
  endDate: number;
  taskStatus: readonly TaskStatus[];
}

const conditions = {
  username: (p: Params) => sql`t.created_by in (select uuid from "user" where username = ${p.username})`,
  extensionName: (p: Params) => sql`t.extension_name = ${p.extensionName}`,
  actionName: (p: Params) => sql`t.action_name = ${p.actionName}`,
  experiment: (p: Params) => sql`e.uuid = ${p.experiment}`,
  startDate: (p: Params) => sql`t.id >= ${p.startDate} and t.received_at >= ${p.startDate}`,
  endDate: (p: Params) => sql`t.received_at <= ${p.endDate}`,
  taskStatus: (p: Params, dialect: Dialect) => dialect.isAmong('t.status', p.taskStatus),
};

/** Finds tasks, the newest first. */
export async function findTasks(ctx: Context, input: TasksInput): Promise<TaskPage> {
  requireJobRight(ctx, 'view');
  const { limit, offset } = input;
  const filters = parseFilters(input);
  const by = (Object.keys(conditions) as (keyof typeof conditions)[]).filter((name) => filters[name] != null);
  const shape: Shape = {
    visibility: visibilityFor(ctx.viewer),
    onlyOwn: !ctx.viewer.scopes.has('job::view::all'),
    by,
  };
  const params: Params = {
    ...visibilityParams(ctx.viewer),
    username: filters.username ?? '',
    extensionName: filters.extensionName ?? '',
    actionName: filters.actionName ?? '',
    experiment: filters.experiment ?? '',
    startDate: filters.startDate ?? 0,
    endDate: filters.endDate ?? 0,
    taskStatus: filters.taskStatus ?? [],
  };
  if (limit === 0) return { tasks: [], shape, params };
  const rows = await ctx.db.slow.all(pageQuery(shape), { ...params, limit, offset });
  const tasks = await loadTasks(
    ctx.db,
    rows.map(({ id }) => id),
  );
  return { tasks, shape, params };
}

/** How many tasks a list holds in all. */
export async function countTasks(ctx: Context, { shape, params }: TaskPage): Promise<number> {
  return (await ctx.db.bulk.first(countQuery(shape), params))?.count ?? 0;
}

function parseFilters({ limit, offset, filters }: TasksInput) {
  if (limit > limits.tasksPerPage) {
    throw new AqueductError('BAD_INPUT', `Maximum allowed limit for experiments is ${limits.tasksPerPage}`);
  }
  if (limit < 0) throw new AqueductError('BAD_INPUT', `The limit can't be negative; ${limit} was given.`);
  if (offset < 0) throw new AqueductError('BAD_INPUT', `The offset can't be negative; ${offset} was given.`);
  const { experiment: identifier, ...others } = filters ?? {};
  if (identifier && identifier.type !== 'UUID') {
    throw new AqueductError('BAD_INPUT', 'Only UUID is supported as experiment identifier in Task filter');
  }
  const experiment = identifier ? parseUuid(identifier.value) : undefined;
  if (identifier && experiment === undefined) {
    throw new AqueductError('BAD_INPUT', 'badly formed hexadecimal UUID string');
  }
  return { ...others, experiment };
}

const pages = new Map<string, Query<Params & { limit: number; offset: number }, { id: number }>>();
const counts = new Map<string, Query<Params, { count: number }>>();

function pageQuery(shape: Shape) {
  const key = JSON.stringify(shape);
  let made = pages.get(key);
  if (!made) {
    made = query<Params & { limit: number; offset: number }>()<{ id: number }>(
      (_, p, dialect) => sql`select t.id ${fromWhere(shape, p, dialect)}
        order by t.id desc limit ${p.limit} offset ${p.offset}`,
    );
    pages.set(key, made);
  }
  return made;
}

function countQuery(shape: Shape) {
  const key = JSON.stringify(shape);
  let made = counts.get(key);
  if (!made) {
    made = query<Params>()<{ count: number }>(
      (_, p, dialect) => sql`select count(*) as count ${fromWhere(shape, p, dialect)}`,
    );
    counts.set(key, made);
  }
  return made;
}

function fromWhere({ visibility, onlyOwn, by }: Shape, p: Params, dialect: Dialect) {
  const all = [
    sql`e.id = t.experiment_id`,
    ...visibleExperiments(visibility, p, dialect),
    ...(onlyOwn ? [sql`t.created_by = ${p.viewer}`] : []),
    ...by.map((name) => conditions[name](p, dialect)),
  ];
  return sql`from task t, experiment e where ${sql.join(all, sql` and `)}`;
}
