import { AqueductError, startServer } from '@aqueduct/server';
import type { Flags } from '@aqueduct/server/settings';
import { configOrExit } from './config-or-exit.ts';
import { giveBackMemoryOfStart } from './give-back-memory.ts';
import { stopOnSignals } from './stop-on-signals.ts';

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

  console.log(`Aqueduct ${version} answers at ${server.address}`);
  console.log(`The data folder is ${config.dataDir}`);
  console.log(`Files of experiments lie in ${config.experimentsDir}`);
  stopOnSignals(server, config.shutdownSeconds);
  giveBackMemoryOfStart();
}
