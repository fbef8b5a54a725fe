import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { type Context, createContext, type Services } from '../access/context.ts';
import type { OpenServices } from '../access/open-services.ts';
import { singleUser } from '../access/single-user.ts';
import { onExperimentRemoval } from '../experiments/remove-experiment.ts';
import { removeFilesOfExperiment } from '../files/remove-files-of-experiment.ts';
import { removeUploadsOfExperiment } from '../files/resumable/remove-uploads-of-experiment.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { loadConfig } from '../platform/config/load-config.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { ChangeSignal } from '../platform/events/change-signal.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { EmbeddedQueue } from '../platform/queue/embedded-queue.ts';
import { LocalStorage } from '../platform/storage/local-storage.ts';
import { newDatabase, type TestDatabase, temporaryFolder } from './test-database.ts';

onExperimentRemoval(removeFilesOfExperiment);
onExperimentRemoval(removeUploadsOfExperiment);

interface TestOptions {
  /** The day that EIDs are given for. */
  today?: string;
  idempotencyKey?: string;
}

/** A context of the single user on a new, empty installation with real parts; only the day stands still. */
export async function testContext(
  database: TestDatabase,
  options: TestOptions = {},
): Promise<Context & OpenServices> {
  const dataDir = await temporaryFolder();
  const url = await newDatabase(database);
  const env = {
    AQUEDUCT_DATA_DIR: dataDir,
    AQUEDUCT_LOG_LEVEL: 'silent',
    AQUEDUCT_FREE_SPACE_RESERVE: '0',
    DATABASE_URL: url,
  };
  const { config } = loadConfig({ env, cwd: dataDir });
  await mkdir(config.experimentsDir);
  const clock: Clock = { ...systemClock(), today: () => options.today ?? '20250301' };
  const db = await openDatabase({ url, dataDir, clock });
  onTestFinished(() => db.close());
  const storage = await LocalStorage.open(dataDir, 0);
  const log = createLogger(config);
  const home = 'test';
  const queue = new EmbeddedQueue({ db, clock, log }, home);
  const changes = new ChangeSignal();
  const version = '0.0.0';
  const services: Services = {
    db,
    clock,
    newUuid: randomUUID,
    storage,
    config,
    log,
    queue,
    changes,
    home,
    version,
  };
  const viewer = await singleUser(db, clock, 'admin');
  return { ...createContext(services, viewer, options.idempotencyKey), storage };
}

/** The same installation, asked by another request. */
export function anotherRequest(ctx: Context, idempotencyKey?: string): Context {
  return createContext(ctx, ctx.viewer, idempotencyKey);
}
