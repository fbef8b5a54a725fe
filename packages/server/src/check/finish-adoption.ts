import { rm } from 'node:fs/promises';
import type { Context } from '../access/context.ts';
import { makeReadable } from '../files/readable-folders.ts';
import { hashOf } from '../platform/storage/hash-of.ts';
import { type Adoption, notDone } from './adopt-file.ts';
import { recordedIn } from './check.queries.ts';
import { LeftAlone, openHandPut } from './hand-put-file.ts';
import { inspectObject } from './inspect-object.ts';

/**
 * Finishes an adoption that was interrupted after its bytes were recorded: removes the file that it had put aside, once
 * the record is seen to have the same bytes.
 */
export async function finishAdoption(ctx: Context, eid: string, path: string): Promise<Adoption> {
  try {
    const aside = await openHandPut(path);
    try {
      const { size, sha256 } = await hashOf(aside.read());
      for (const file of await ctx.db.all(recordedIn, { eids: [eid] })) {
        if (file.size !== size || file.sha256 !== sha256) continue;
        if ((await inspectObject(ctx.storage, file)).is !== 'intact') continue;
        await aside.requireUnchanged();
        await makeReadable(ctx, `${eid}/${file.readable_name}`);
        await rm(path);
        return { done: `an interrupted adoption of ${file.name} is finished.` };
      }
    } finally {
      await aside.close();
    }
    throw new LeftAlone('the record does not have these bytes. Give it a name of its own.');
  } catch (error) {
    return notDone(error);
  }
}
