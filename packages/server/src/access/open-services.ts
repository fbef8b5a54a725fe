import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config/config.ts';
import { lastEvent } from '../platform/database/event.queries.ts';
import { openDatabase, openExistingDatabase } from '../platform/database/open-database.ts';
import { query } from '../platform/database/query.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { ChangeSignal } from '../platform/events/change-signal.ts';
import { homeId, knownHomeId } from '../platform/home-id.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { makeFolder } from '../platform/make-folder.ts';
import { EmbeddedQueue } from '../platform/queue/embedded-queue.ts';
import { LocalStorage } from '../platform/storage/local-storage.ts';
import type { Services } from './context.ts';
import { requireOwnFolder } from './require-own-folder.ts';

/** One of them is in every data folder. */
const MARKS = ['aqueduct.db', 'objects', 'server.lock'];

export const anyFile = query()((db) => db.selectFrom('file').select('id').limit(1));

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
  await makeFolder(config.dataDir);
  await makeFolder(config.experimentsDir);
  return open({ config, log, version, isThere: false });
}

/**
 * Opens an installation that is there, as it stands, for a command beside its server.
 *
 * @throws AqueductError with a sentence for the administrator when there is none; nothing is created then.
 */
export async function openExistingServices(
  config: Config,
  log: Logger,
  version: string,
): Promise<OpenServices> {
  const { dataDir } = config;
  if (!existsSync(dataDir)) {
    throw new AqueductError(
      'UNAVAILABLE',
      `There is no data folder ${dataDir}. Say with --data-dir where it is. Nothing was created.`,
    );
  }
  if (!MARKS.some((name) => existsSync(join(dataDir, name)))) {
    throw new AqueductError(
      'UNAVAILABLE',
      `The folder ${dataDir} is no data folder of Aqueduct: it has neither a database nor objects. ` +
        'Say with --data-dir where that is. Nothing was created.',
    );
  }
  try {
    return await open({ config, log, version, isThere: true });
  } catch (error) {
    if (error instanceof AqueductError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The data folder ${dataDir} can't be used: ${reason}`;
    throw new AqueductError('UNAVAILABLE', message, { cause: error });
  }
}

interface Installation {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  /** It is opened as it stands: nothing is made. */
  readonly isThere: boolean;
}

async function open({ config, log, version, isThere }: Installation): Promise<OpenServices> {
  const { dataDir, databaseUrl: url, freeSpaceReserveBytes } = config;
  const clock = systemClock();
  await requireOwnFolder(config);
  const db = await (isThere ? openExistingDatabase : openDatabase)({ url, dataDir, clock, log });
  try {
    await requireOwnFolder(config, db);
    clock.continueAfter((await db.first(lastEvent, {}))?.at ?? 0);
    const storage = isThere
      ? LocalStorage.openExisting(dataDir, freeSpaceReserveBytes)
      : await LocalStorage.open(dataDir, freeSpaceReserveBytes, (await db.first(anyFile, {})) !== undefined);
    // Without an id, no server was here yet whose tasks could wait.
    const home = isThere ? ((await knownHomeId(dataDir)) ?? '') : await homeId(dataDir);
    // By its heartbeats, others know whose objects may be about to get their rows.
    const worker = `${storage.mark}-${randomUUID()}`;
    const queue = new EmbeddedQueue({ db, clock, log }, home, { worker });
    const changes = new ChangeSignal();
    return { db, clock, newUuid: randomUUID, storage, config, log, queue, changes, home, version };
  } catch (error) {
    await db.close();
    throw error;
  }
}
