import type { Context } from '../access/context.ts';
import type { ReadStep, UploadStep } from '../files/file-steps.ts';
import type { Executor } from '../platform/database/database.ts';
import { taskPlaces } from './task.queries.ts';
import { isReadNoted, noteTaskFile } from './task-file.queries.ts';

/** Notes what a task uploads, in the transaction of the upload. */
export const noteUpload: UploadStep = async (ctx, tx, version) => {
  const id = await taskIdOf(ctx, tx);
  if (id === undefined) return;
  await tx.run(noteTaskFile, { id, role: 'output', ...version, given: 0, at: ctx.clock.now() });
};

/** Notes what a task reads, before it gets the first byte. */
export const noteRead: ReadStep = async (ctx, version) => {
  const id = await taskIdOf(ctx, ctx.db);
  if (id === undefined || (await ctx.db.first(isReadNoted, { id, ...version }))) return;
  const at = ctx.clock.now();
  await ctx.db.write((tx) => tx.run(noteTaskFile, { id, role: 'input', ...version, given: 0, at }));
};

async function taskIdOf({ viewer }: Context, db: Executor): Promise<number | undefined> {
  if (viewer.taskUuid === undefined) return undefined;
  return (await db.all(taskPlaces, { uuids: [viewer.taskUuid] }))[0]?.id;
}
