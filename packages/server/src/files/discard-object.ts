import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import { setMetaValue } from '../platform/database/meta.queries.ts';
import { knownObjects } from './file.queries.ts';

/** A commit that was under way when its connection broke has come to its end by then. */
const DOUBT_MS = 30_000;
/** Of a database that does not come back for so long, the next start finds what is left. */
const MOST_TRIES = 20;

type Needs = Pick<Services, 'db' | 'storage' | 'log'>;

/** Removes bytes that no row refers to. Never throws: what stays behind is removed at the next start. */
export async function discardObject({ storage, log }: Needs, key: string): Promise<void> {
  await discardOne({ log }, key, () => storage.remove(key));
}

/**
 * The same for bytes of any kind: what can't be removed is not in the way of the rest.
 *
 * @param what - The key or the path, for people.
 * @returns whether they were removed.
 */
export async function discardOne(
  { log }: Pick<Needs, 'log'>,
  what: string,
  remove: () => Promise<void>,
): Promise<boolean> {
  try {
    await remove();
    return true;
  } catch (err) {
    log.warn({ err, what }, 'bytes without a row stay for now');
    return false;
  }
}

/**
 * The same where nobody knows whether the row was committed: looks again, later. With a commit of its own: a row whose
 * commit failed on the way to the disk can come back at the next start until another commit has succeeded.
 */
export async function discardInDoubt(needs: Needs, key: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await sleep(DOUBT_MS, undefined, { ref: false });
    try {
      const known = await needs.db.write(async (tx) => {
        await tx.run(setMetaValue, { key: 'last_object_in_doubt', value: key });
        return tx.first(knownObjects, { keys: [key] });
      });
      if (!known) await discardObject(needs, key);
      return;
    } catch (err) {
      if (tries < MOST_TRIES) continue;
      needs.log.warn({ err, key }, 'bytes that may have no row stay for now');
      return;
    }
  }
}
