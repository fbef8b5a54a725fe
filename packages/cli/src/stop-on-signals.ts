import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '@aqueduct/server';

/**
 * Signals within this time are one: a terminal sends Ctrl-C to all of its programs, and npm, and an older Node that
 * handed over to ours, pass on what they get.
 */
const ONE_SIGNAL_MS = 1000;
/** What tasks that hear no signal take to be ended, and a moment more: whatever bound there is for requests. */
const TASKS_END_MS = 12_000;
/** For what ends when its request is cut. */
const AFTER_CUT_MS = 2000;
const KILLED_WITHIN_MS = 2000;

/** Stops the server when the process is asked to end, and ends it at once when it is asked again. */
export function stopOnSignals(server: RunningServer, shutdownSeconds: number): void {
  const shutdownMs = shutdownSeconds * 1000;
  let askedAt: number | undefined;
  let exitCode = 0;

  const endNow = async (code: number): Promise<void> => {
    exitCode = code;
    const kill = server.killTasks().catch((err: unknown) => {
      server.log.error({ err }, 'the processes of tasks could not be ended');
    });
    await Promise.race([kill, sleep(KILLED_WITHIN_MS)]);
    process.exit(code);
  };

  const cutRequests = async (): Promise<void> => {
    const requests = await server.cutRequests();
    if (requests > 0) server.log.warn({ requests }, 'some requests did not end in time and are cut');
  };

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    server.log.info({ signal }, 'stopping');
    setTimeout(cutRequests, shutdownMs).unref();
    setTimeout(
      () => {
        server.log.warn('the server did not come to its end in time and is ended');
        void endNow(0);
      },
      Math.max(shutdownMs + AFTER_CUT_MS, TASKS_END_MS),
    ).unref();
    try {
      await server.stop();
    } catch (err) {
      server.log.error({ err }, 'the server did not stop cleanly');
      exitCode = 1;
    }
    process.exit(exitCode);
  };

  const hear = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (askedAt === undefined) {
      askedAt = now;
      void stop(signal);
    } else if (now - askedAt > ONE_SIGNAL_MS) {
      void endNow(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, hear);
}
