import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { LocalStorage } from '../platform/storage/local-storage.ts';
import { populate } from './populate.ts';

/** Opens an installation, beside a server that may run, and fills it with sample data. */
export async function populateInstallation(
  config: Config,
  count: number,
  report: (done: number) => void,
): Promise<void> {
  await mkdir(config.dataDir, { recursive: true });
  const clock = systemClock();
  const db = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, clock });
  const storage = await LocalStorage.open(config.dataDir, config.freeSpaceReserveBytes);
  try {
    await populate(
      { db, clock, newUuid: randomUUID, storage, config, log: createLogger(config) },
      count,
      report,
    );
  } finally {
    await db.close();
  }
}
