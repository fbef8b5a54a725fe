import { AqueductError, startServer } from '@aqueduct/server';
import type { Flags } from '@aqueduct/server/settings';
import { configOrExit } from './config-or-exit.ts';

/** `aqueduct serve`: runs the server until it is asked to stop. */
export async function serveCommand(flags: Flags, version: string): Promise<void> {
  const { config, notices } = configOrExit(flags);
  let server: Awaited<ReturnType<typeof startServer>>;
  try {
    server = await startServer(config, version);
    for (const notice of notices) server.log.warn(notice);
  } catch (error) {
    if (!(error instanceof AqueductError)) throw error;
    // They may be why it can't start.
    for (const notice of notices) console.error(notice);
    console.error(error.message);
    process.exit(1);
  }

  const host = config.hosts.length > 1 ? 'localhost' : (config.hosts[0] ?? 'localhost');
  const address =
    config.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${server.port}${config.basePath}`;
  console.log(`Aqueduct ${version} answers at ${address}`);
  console.log(`Files of experiments lie in ${config.experimentsDir}`);

  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    server.log.info({ signal }, 'stopping');
    setTimeout(() => {
      server.log.warn('some requests did not end in time and are cut');
      process.exit(0);
    }, config.shutdownSeconds * 1000).unref();
    server.stop().then(
      () => process.exit(0),
      (err: unknown) => {
        server.log.error({ err }, 'the server did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
