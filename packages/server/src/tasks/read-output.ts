import DataLoader from 'dataloader';
import type { Context } from '../access/context.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { hasEnded, type Task } from './task.ts';
import { chunksAfter, outputOfTasks, outputSizes } from './task-output.queries.ts';

/** A piece of what a task has printed. */
export interface OutputChunk {
  /** Counts the pieces of a task from 1, over both streams. */
  readonly sequence: number;
  readonly stream: 'STDOUT' | 'STDERR';
  readonly text: string;
  /** Microseconds since 1970-01-01T00:00Z. */
  readonly writtenAt: number;
}

/** Both outputs of a task, whole. */
export interface WholeOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** Chunks have at most 32 KiB: about 1 MiB. */
const MOST_CHUNKS = 32;
/** Output that one request may carry. */
const MOST_BYTES = 64 * 1024 * 1024;
/** More than so much is read where nobody waits meanwhile. */
const MUCH_BYTES = 1024 * 1024;

/** What a task has printed behind a number, in order; about 1 MiB at once. */
export async function readOutput(ctx: Context, taskId: number, after: number): Promise<OutputChunk[]> {
  if (after < 0) throw new AqueductError('BAD_INPUT', `after can't be negative; ${after} was given.`);
  const rows = await ctx.db.all(chunksAfter, { id: taskId, after, limit: MOST_CHUNKS });
  return rows.map((row) => ({
    sequence: row.sequence,
    stream: row.stream === 1 ? 'STDOUT' : 'STDERR',
    text: row.bytes.toString(),
    writtenAt: row.written_at,
  }));
}

/** What comes from another thread is no Buffer. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const loaders = new WeakMap<Context, DataLoader<number, WholeOutput>>();

/** All that a task has printed; null until it has ended. Read once for all tasks of a page. */
export async function wholeOutput(ctx: Context, task: Task): Promise<WholeOutput | null> {
  if (!hasEnded(task.taskStatus)) return null;
  let loader = loaders.get(ctx);
  if (!loader) loaders.set(ctx, (loader = new DataLoader((ids) => readWhole(ctx, ids))));
  return loader.load(task.id);
}

async function readWhole(ctx: Context, ids: readonly number[]): Promise<WholeOutput[]> {
  const bytes = (await ctx.db.first(outputSizes, { ids }))?.bytes ?? 0;
  if (bytes > MOST_BYTES) {
    throw new AqueductError(
      'TOO_LARGE',
      `These ${ids.length} tasks have printed ${bytes} bytes. Ask for fewer at once, or page by "output".`,
    );
  }
  const db = bytes > MUCH_BYTES ? ctx.db.slow : ctx.db;
  const rows = await db.all(outputOfTasks, { ids });
  const byTask = Map.groupBy(rows, (row) => row.task_id);
  return ids.map((id) => {
    const text = (stream: 1 | 2) =>
      (byTask.get(id) ?? [])
        .filter((row) => row.stream === stream)
        .map((row) => decoder.decode(row.bytes))
        .join('');
    return { stdout: text(1), stderr: text(2) };
  });
}
