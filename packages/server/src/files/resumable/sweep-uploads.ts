import type { Services } from '../../access/context.ts';
import type { ListedPart } from '../../platform/storage/storage.ts';
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

/** Removes parts that no upload waits for, untouched since a moment (milliseconds since 1970); gives their number. */
export async function sweepParts(needs: Needs, untouchedSince: number): Promise<number> {
  const parts = await partsWithoutUpload(needs, untouchedSince);
  for (const { id } of parts) await needs.storage.parts.remove(id);
  return parts.length;
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
