import type { Context } from '../access/context.ts';
import { readTogether } from '../access/read-together.ts';
import type { Task } from './task.ts';
import { filesOfTasks } from './task-file.queries.ts';

/** A version of a file that a task was given, has read or has uploaded, as the API shows it. */
interface TaskFile {
  readonly eid: string;
  readonly experimentUuid: string;
  readonly name: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly given: boolean;
  /** Microseconds since 1970-01-01T00:00Z. */
  readonly readAt: number | null;
  readonly uploadedAt: number | null;
}

const COST_OF_FILE = 15;

const readInputs = readTogether((ctx, ids: readonly number[]) => readFiles(ctx, 'input', ids));
const readOutputs = readTogether((ctx, ids: readonly number[]) => readFiles(ctx, 'output', ids));

/** What a task was given and has read. */
export function inputsOf(ctx: Context, { id }: Task): Promise<TaskFile[]> {
  return readInputs(ctx, id);
}

/** What a task has uploaded. */
export function outputsOf(ctx: Context, { id }: Task): Promise<TaskFile[]> {
  return readOutputs(ctx, id);
}

async function readFiles(
  ctx: Context,
  role: 'input' | 'output',
  ids: readonly number[],
): Promise<TaskFile[][]> {
  const rows = await ctx.db.all(filesOfTasks, { ids, role, limit: ctx.budget.rowsToRead(COST_OF_FILE) });
  if (!ctx.budget.spend(rows.length * COST_OF_FILE)) return ids.map(() => []);
  const lists = new Map<number, TaskFile[]>();
  for (const [id, files] of Map.groupBy(rows, (row) => row.task_id)) {
    const list = files.map((row) => ({
      eid: row.eid,
      experimentUuid: row.experiment_uuid,
      name: row.name,
      sha256: row.sha256,
      size: row.size,
      given: row.given === 1,
      readAt: row.at,
      uploadedAt: row.at,
    }));
    lists.set(id, list);
  }
  return ids.map((id) => lists.get(id) ?? []);
}
