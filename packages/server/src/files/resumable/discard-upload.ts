import type { Services } from '../../access/context.ts';
import type { Transaction } from '../../platform/database/database.ts';
import { doomObject } from '../file.queries.ts';
import { showAfterCommit } from '../readable-folders.ts';
import { deleteUploads, sealedAmong } from './upload.queries.ts';

type Needs = Pick<Services, 'db' | 'storage' | 'config' | 'clock' | 'log'>;

/** Forgets an upload, with the bytes that are not those of a file yet. */
export async function discardUpload(needs: Needs, id: string): Promise<void> {
  await needs.db.write((tx) => forgetUploads(needs, tx, [{ id }]));
}

/**
 * The same for many, within a transaction. Their objects are doomed with it: they may be of a day that no start looks
 * through any more.
 */
export async function forgetUploads(
  needs: Needs,
  tx: Transaction,
  uploads: readonly { readonly id: string }[],
): Promise<void> {
  if (uploads.length === 0) return;
  const ids = uploads.map(({ id }) => id);
  const paths = new Set<string>();
  for (const { object_key: key, eid } of await tx.all(sealedAmong, { ids })) {
    // Without a name: none shows them yet, and what people put under theirs must not be taken for them.
    const path = `${eid}/`;
    await tx.run(doomObject, { key, path, now: needs.clock.now() });
    paths.add(path);
  }
  await tx.run(deleteUploads, { ids });
  // The parts first: none must become an object when that has just been removed.
  tx.afterCommit(() => removeParts(needs, ids));
  showAfterCommit(needs, tx, [...paths]);
}

/** Never throws: a part that stays behind goes at the next start. */
async function removeParts({ storage, log }: Needs, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await storage.parts
      .remove(id)
      .catch((err: unknown) => log.warn({ err, id }, 'a part of an upload stays for now'));
  }
}
