import { access, constants } from 'node:fs/promises';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { forgetOldKeys } from '../access/idempotency.ts';
import { openServices } from '../access/open-services.ts';
import { singleUser } from '../access/single-user.ts';
import { noteExtensionsFolder } from '../extensions/find-extensions.ts';
import { offerExamples } from '../extensions/offer-examples.ts';
import { readableFoldersAtRest } from '../files/readable-folders.ts';
import { recoverFiles } from '../files/recover-files.ts';
import { sweepUploads } from '../files/resumable/sweep-uploads.ts';
import type { Config } from '../platform/config/config.ts';
import { lockDataFolder } from '../platform/data-folder-lock.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { makeFolder } from '../platform/make-folder.ts';
import { requireOwnerOfObjects } from '../platform/require-owner.ts';
import { runTasks } from '../tasks/run-tasks.ts';
import { buildApp } from './build-app.ts';
import { listen } from './listen.ts';
import { addressForPeople, addressForTasks } from './own-address.ts';
import { watchSilentConnections } from './silent-connections.ts';

const HOUSEKEEPING_MS = 3_600_000;
const CLOSE_IDLE_EVERY_MS = 100;

/** A server that answers. */
export interface RunningServer {
  /** Where people reach it. */
  readonly address: string;
  readonly log: Logger;
  /** Ends the running tasks, then takes no more requests, finishes those under way, and closes everything. */
  stop(): Promise<void>;
  /** Takes no more requests, and cuts those for which `stop` still waits; gives how many these are. */
  cutRequests(): Promise<number>;
  /** Ends the programs of all running tasks, without time to bring anything to rest. */
  killTasks(): Promise<void>;
}

/**
 * Starts the server.
 *
 * @throws AqueductError with a sentence for the administrator when it can't.
 */
export async function startServer(config: Config, version: string): Promise<RunningServer> {
  const log = createLogger(config);
  const isInExperiments = dirname(config.dataDir) === config.experimentsDir;
  await makeWritable(
    config.dataDir,
    'data folder',
    isInExperiments ? '--data-dir or --experiments-dir' : '--data-dir',
  );
  await makeWritable(config.experimentsDir, 'folder of experiments', '--experiments-dir');
  await requireOwnerOfObjects(config.dataDir);
  const lock = await lockDataFolder(config.dataDir);
  try {
    await offerExamples({ config, log });
    await noteExtensionsFolder({ config, log });
    const services = await openServices(config, log, version);
    const { db, clock, storage } = services;
    const shortage = await storage.space.whyShort();
    if (shortage !== undefined) log.warn(shortage);
    const viewer = await singleUser(db, clock, config.username);
    const app = await buildApp(services, viewer);
    const { port, others } = await listen(app, config);
    const servers = [app.server, ...others];
    const closeSilent = watchSilentConnections(servers);

    const tasks = await runTasks(services, viewer, addressForTasks(config, port));
    const stopping = new AbortController();
    const cut = Promise.withResolvers<void>();
    const report = (err: unknown) => log.error({ err }, 'the work in the background failed');
    const recovery = recoverFiles(services, storage, stopping.signal).catch(report);
    const keepHouse = () => {
      void forgetOldKeys(db, clock).catch(report);
      void sweepUploads(services).catch(report);
    };
    const housekeeping = setInterval(keepHouse, HOUSEKEEPING_MS);
    housekeeping.unref();
    keepHouse();
    return {
      address: addressForPeople(config, port),
      log,
      async stop() {
        stopping.abort();
        clearInterval(housekeeping);
        // Before the requests: what a script has measured, it brings in through this server when it is told to end.
        const tasksEnded = tasks.stop();
        await Promise.race([tasksEnded, cut.promise]);
        closeSilent();
        // A connection whose last request has just ended would be kept alive for more.
        const closing = setInterval(() => {
          for (const each of servers) each.closeIdleConnections();
        }, CLOSE_IDLE_EVERY_MS);
        await Promise.all([tasksEnded, app.close(), ...others.map(closeServer)]);
        clearInterval(closing);
        await recovery;
        await readableFoldersAtRest(db);
        await db.close();
        lock.release();
      },
      async cutRequests() {
        cut.resolve();
        // Where tasks were still waited for, idle connections and streams of events are closed only now.
        await sleep(2 * CLOSE_IDLE_EVERY_MS);
        const open = await Promise.all(servers.map(openConnections));
        for (const each of servers) each.closeAllConnections();
        return open.reduce((sum, count) => sum + count, 0);
      },
      killTasks: () => tasks.kill(),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
}

/** While the server stops, those without a request are closed again and again. */
async function openConnections(server: Server): Promise<number> {
  return promisify(server.getConnections.bind(server))();
}

async function makeWritable(folder: string, what: string, flag: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AqueductError(
      'UNAVAILABLE',
      `The ${what} ${folder} can't be written: ${reason}. Choose another with ${flag}.`,
    );
  }
}
