import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import type { LocalStorage } from '../platform/storage/local-storage.ts';

const LOOK_AGAIN_MS = 1000;

/**
 * Resolves when the disk of the objects is there; says so where it is not. Until then, every object seems to be missing.
 *
 * @returns false where the signal came first.
 */
export async function waitForObjects(
  { config, log }: Services,
  storage: LocalStorage,
  signal: AbortSignal,
): Promise<boolean> {
  for (let isFirst = true; ; isFirst = false) {
    const why = await storage.whyNotThere();
    if (why === undefined) {
      if (!isFirst) log.info('the folder of objects is there again');
      return true;
    }
    if (isFirst) log.error({ dataDir: config.dataDir }, `the folder of objects: ${why}`);
    await sleep(LOOK_AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return false;
  }
}
