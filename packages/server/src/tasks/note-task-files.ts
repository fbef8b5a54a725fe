import type { Context } from '../access/context.ts';
import type { ReadStep, UploadStep } from '../files/file-steps.ts';
import type { Executor, Transaction } from '../platform/database/database.ts';
import { isPassing } from '../platform/errors/as-aqueduct-error.ts';
import { taskPlaces, taskState } from './task.queries.ts';
import { isReadNoted, noteTaskFile, type TaskFileNote } from './task-file.queries.ts';

/** Notes what a task uploads, in the transaction of the upload. */
export const noteUpload: UploadStep = async (ctx, tx, version) => {
  const id = await taskIdOf(ctx, tx);
  if (id === undefined) return;
  await tx.run(noteTaskFile, { id, role: 'output', ...version, given: 0, at: ctx.clock.now() });
};

/** What tasks that run here have read while nothing could be written, by their UUIDs; each version once. */
const late = new Map<string, Map<string, TaskFileNote>>();

/** Keeps notes of what a running task reads that can't be written yet, for the transaction that ends it. */
export class LateReads {
  readonly #taskUuid: string;

  constructor(taskUuid: string) {
    this.#taskUuid = taskUuid;
    late.set(taskUuid, new Map());
  }

  async write(tx: Transaction): Promise<void> {
    const notes = [...(late.get(this.#taskUuid)?.values() ?? [])];
    const [first] = notes;
    // The task goes with its experiment.
    if (!first || !(await tx.first(taskState, { id: first.id }))) return;
    for (const note of notes) await tx.run(noteTaskFile, note);
  }

  end(): void {
    late.delete(this.#taskUuid);
  }
}

/** Notes what a task reads, before it gets the first byte. */
export const noteRead: ReadStep = async (ctx, version) => {
  const id = await taskIdOf(ctx, ctx.db);
  if (id === undefined || (await ctx.db.first(isReadNoted, { id, ...version }))) return;
  const note: TaskFileNote = { id, role: 'input', ...version, given: 0, at: ctx.clock.now() };
  try {
    await ctx.db.write(async (tx) => {
      // The task goes with its experiment, maybe while this waited for its turn.
      if (await tx.first(taskState, { id })) await tx.run(noteTaskFile, note);
    });
  } catch (error) {
    const notes = late.get(ctx.viewer.taskUuid ?? '');
    // Reads go on while the disk is full; but another server does not see what is kept here.
    if (!notes || !isPassing(error)) throw error;
    notes.set(JSON.stringify(version), note);
  }
};

async function taskIdOf({ viewer }: Context, db: Executor): Promise<number | undefined> {
  if (viewer.taskUuid === undefined) return undefined;
  return (await db.all(taskPlaces, { uuids: [viewer.taskUuid] }))[0]?.id;
}
