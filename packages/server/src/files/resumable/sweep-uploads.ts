import type { Services } from '../../access/context.ts';
import type { ListedPart } from '../../platform/storage/storage.ts';
import { discardOne } from '../discard-object.ts';
import { forgetUploads } from './discard-upload.ts';
import { knownParts, uploadsUntouchedSince } from './upload.queries.ts';

type Needs = Pick<Services, 'db' | 'storage'>;

const DAY_MICROSECONDS = 86_400_000_000;
const BATCH = 500;

/** Discards uploads of which nothing has come for as many days as the configuration says. */
export async function sweepUploads(services: Services): Promise<void> {
  const { db, clock, config, log } = services;
  const before = clock.now() - config.unfinishedUploadDays * DAY_MICROSECONDS;
  for (;;) {
    const count = await db.write(async (tx) => {
      const stale = await tx.all(uploadsUntouchedSince, { before, limit: BATCH });
      await forgetUploads(services, tx, stale);
      return stale.length;
    });
    if (count > 0) log.debug({ count }, 'uploads that nobody finished were discarded');
    if (count < BATCH) return;
  }
}

/**
 * Removes parts that no upload waits for, last touched behind one moment and until another (milliseconds since 1970);
 * gives their number.
 */
export async function sweepParts(
  needs: Needs & Pick<Services, 'log'>,
  { behind, until }: { readonly behind: number; readonly until: number },
): Promise<number> {
  let removed = 0;
  for (const { id, path, touchedAt } of await partsWithoutUpload(needs, until)) {
    if (touchedAt <= behind) continue;
    if (await discardOne(needs, path, () => needs.storage.parts.remove(id))) removed += 1;
  }
  return removed;
}

/** Parts that no upload waits for, and that nobody has touched since a moment (milliseconds since 1970). */
export async function partsWithoutUpload(
  { db, storage }: Needs,
  untouchedSince: number,
): Promise<readonly ListedPart[]> {
  const parts = (await Array.fromAsync(storage.parts.list())).filter(
    ({ touchedAt }) => touchedAt <= untouchedSince,
  );
  const ids = parts.map(({ id }) => id);
  const known = new Set((await db.all(knownParts, { ids })).map((row) => row.id));
  return parts.filter(({ id }) => !known.has(id));
}
