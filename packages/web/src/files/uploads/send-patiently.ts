import { Failure, pause } from '@aqueduct/client/protocol';
import { isUnreachable } from '../../session/is-unreachable.ts';
import type { SendFile } from './send-file.ts';

/** A file that breaks off so often, though the server is there, will do so again. */
const MOST_BREAKS = 5;

/**
 * Sends so that files arrive all the same: as often as the server says that it is busy, it waits and tries again; where
 * the connection broke off, it begins anew when the server can be reached.
 *
 * @param untilReachable - waits for the server, or until the signal aborts.
 */
export function sendPatiently(
  send: SendFile,
  untilReachable: (signal: AbortSignal) => Promise<void>,
): SendFile {
  return async (experimentUuid, name, file, options) => {
    const { signal, onProgress } = options;
    for (let breaks = 0; ; ) {
      try {
        return await send(experimentUuid, name, file, options);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const { retryAfter } = error.facts;
        if (retryAfter !== undefined) await pause(retryAfter, signal);
        else if (isUnreachable(error) && breaks < MOST_BREAKS) {
          breaks += 1;
          await untilReachable(signal);
        } else throw error;
        signal.throwIfAborted();
        onProgress(0);
      }
    }
  };
}
