import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { ChangeSignal } from '../platform/events/change-signal.ts';
import { homeId } from '../platform/home-id.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { EmbeddedQueue } from '../platform/queue/embedded-queue.ts';
import { LocalStorage } from '../platform/storage/local-storage.ts';
import type { Services } from './context.ts';

/** The services of an installation whose storage is a local disk. */
export interface OpenServices extends Services {
  readonly storage: LocalStorage;
}

/**
 * Opens an installation: for its server, or beside it, for a command. Whoever opens it closes its database.
 *
 * @throws AqueductError with a sentence for the administrator when it can't be used.
 */
export async function openServices(config: Config, log: Logger, version: string): Promise<OpenServices> {
  const { dataDir, databaseUrl: url, freeSpaceReserveBytes } = config;
  await mkdir(dataDir, { recursive: true });
  const clock = systemClock();
  const db = await openDatabase({ url, dataDir, clock });
  try {
    const storage = await LocalStorage.open(dataDir, freeSpaceReserveBytes);
    const queue = new EmbeddedQueue({ db, clock, log }, await homeId(dataDir));
    const changes = new ChangeSignal();
    return { db, clock, newUuid: randomUUID, storage, config, log, queue, changes, version };
  } catch (error) {
    await db.close();
    throw error;
  }
}
