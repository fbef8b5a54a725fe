import { access, constants, mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { forgetOldKeys } from '../access/idempotency.ts';
import { openServices } from '../access/open-services.ts';
import { singleUser } from '../access/single-user.ts';
import { offerExamples } from '../extensions/offer-examples.ts';
import { readableFoldersAtRest } from '../files/readable-folders.ts';
import { recoverFiles } from '../files/recover-files.ts';
import { sweepUploads } from '../files/resumable/sweep-uploads.ts';
import type { Config } from '../platform/config/config.ts';
import { lockDataFolder } from '../platform/data-folder-lock.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { runTasks } from '../tasks/run-tasks.ts';
import { buildApp } from './build-app.ts';
import { watchSilentConnections } from './silent-connections.ts';

const HOUSEKEEPING_MS = 3_600_000;
const CLOSE_IDLE_EVERY_MS = 100;

/** A server that answers. */
export interface RunningServer {
  readonly port: number;
  readonly log: Logger;
  /** Takes no more requests, finishes those under way, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the server.
 *
 * @throws AqueductError with a sentence for the administrator when it can't.
 */
export async function startServer(config: Config, version: string): Promise<RunningServer> {
  const log = createLogger(config);
  await makeWritable(config.dataDir, 'data folder');
  await makeWritable(config.experimentsDir, 'folder of experiments');
  const lock = await lockDataFolder(config.dataDir);
  try {
    await offerExamples({ config, log });
    const services = await openServices(config, log, version);
    const { db, clock, storage } = services;
    const viewer = await singleUser(db, clock, config.username);
    const app = await buildApp(services, viewer);
    const { port, others } = await listen(app, config);
    const closeSilent = watchSilentConnections([app.server, ...others]);

    const stopTasks = await runTasks(services, viewer, ownUrl(config, port));
    const stopping = new AbortController();
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
      port,
      log,
      async stop() {
        stopping.abort();
        clearInterval(housekeeping);
        closeSilent();
        // A connection whose last request has just ended would be kept alive for more.
        const closing = setInterval(() => {
          for (const each of [app.server, ...others]) each.closeIdleConnections();
        }, CLOSE_IDLE_EVERY_MS);
        await Promise.all([stopTasks(), app.close(), ...others.map(closeServer)]);
        clearInterval(closing);
        await recovery;
        await readableFoldersAtRest(db);
        await db.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Where tasks on this machine reach the server. */
function ownUrl({ hosts, basePath }: Config, port: number): string {
  const [host = ''] = hosts;
  const reachable = /^(0\.0\.0\.0|::|)$/.test(host) ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}${basePath}/`;
}

/** Listens at all addresses of the configuration with one port; ::1 is left out where the machine has no IPv6. */
async function listen(
  app: FastifyInstance,
  { hosts, port }: Config,
): Promise<{ port: number; others: Server[] }> {
  const [first = '127.0.0.1', ...others] = hosts;
  try {
    await app.listen({ host: first, port });
    const bound = (app.server.address() as AddressInfo).port;
    const servers = await Promise.all(others.map((host) => listenToo(app, host, bound)));
    return { port: bound, others: servers };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    await app.close();
    if (code === 'EADDRINUSE') {
      throw new AqueductError(
        'UNAVAILABLE',
        `Port ${port} is taken by another program. Stop it, or choose another with --port.`,
      );
    }
    if (code === 'EACCES')
      throw new AqueductError(
        'UNAVAILABLE',
        `Port ${port} needs rights that this user lacks. Choose another with --port.`,
      );
    if (code === 'EADDRNOTAVAIL')
      throw new AqueductError(
        'UNAVAILABLE',
        `The address ${first} is none of this computer's. Choose another with --host.`,
      );
    throw error;
  }
}

async function listenToo(app: FastifyInstance, host: string, port: number): Promise<Server> {
  const { headersTimeout, keepAliveTimeout, timeout } = app.server;
  const server = createServer({
    headersTimeout,
    keepAliveTimeout,
    requestTimeout: 0,
    connectionsCheckingInterval: 5000,
    requireHostHeader: false,
  });
  server.setTimeout(timeout);
  server.on('request', (request, response) => app.routing(request, response));
  server.on('clientError', (error, socket) => app.server.emit('clientError', error, socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve();
      else reject(error);
    });
    server.listen({ host, port, ipv6Only: true }, resolve);
  });
  return server;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
}

async function makeWritable(folder: string, what: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AqueductError(
      'UNAVAILABLE',
      `The ${what} ${folder} can't be written: ${reason}. Choose another with --data-dir.`,
    );
  }
}
