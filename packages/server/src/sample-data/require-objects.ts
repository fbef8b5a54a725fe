import { existsSync } from 'node:fs';
import { anyFile } from '../access/open-services.ts';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { sqlitePath } from '../platform/database/sqlite.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { LocalStorage } from '../platform/storage/local-storage.ts';

/**
 * Refuses a data folder that has not the objects of the files in the database, before anything is made there.
 *
 * @throws AqueductError with a sentence that says what to give.
 */
export async function requireObjects({ dataDir, databaseUrl: url }: Config): Promise<void> {
  // A new installation.
  if (url === undefined && !existsSync(sqlitePath(dataDir))) return;
  const db = await openDatabase({ url, dataDir, clock: systemClock() });
  const hasFiles = await db.first(anyFile, {}).finally(() => db.close());
  if (!hasFiles) return;
  const storage = await LocalStorage.open(dataDir, 0, true);
  if ((await storage.whyNotThere()) === undefined) return;
  throw new AqueductError(
    'UNAVAILABLE',
    `This database has files, and ${dataDir} is not its data folder, or a disk of that is not mounted. Say with ` +
      '--data-dir where it is. Nothing was changed.',
  );
}
