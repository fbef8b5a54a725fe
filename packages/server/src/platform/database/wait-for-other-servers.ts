import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { AqueductError } from '../errors/aqueduct-error.ts';
import type { Logger } from '../logging/logger.ts';

/** More than two heartbeats: one that was killed is not waited for longer. */
const LIVE_MS = 12_000;
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 500;

interface Options {
  readonly log?: Logger | undefined;
  readonly liveMs?: number;
  readonly patienceMs?: number;
}

/**
 * Resolves when no server shows itself any more on a database whose tables are about to change: one of an older version
 * would go on writing as it knows them. One of this version may have changed them meanwhile.
 *
 * @param isDone - Whether that is so.
 * @throws AqueductError `UNAVAILABLE` where one goes on.
 */
export async function waitForOtherServers(
  pool: Pool,
  name: string,
  isDone: () => Promise<boolean>,
  { log, liveMs = LIVE_MS, patienceMs = PATIENCE_MS }: Options = {},
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (let isFirst = true; (await isAnyLive(pool, liveMs)) && !(await isDone()); isFirst = false) {
    if (isFirst)
      log?.warn(
        `another server was just seen on the database ${name}, whose tables are to change: waiting for its end`,
      );
    if (performance.now() > deadline) {
      throw new AqueductError(
        'UNAVAILABLE',
        `Another server works on the database ${name}, whose tables this version changes. Stop all its servers, then ` +
          'start them with this version. Nothing was changed.',
      );
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function isAnyLive(pool: Pool, liveMs: number): Promise<boolean> {
  const { rows } = await pool.query<{ live: boolean }>(
    // Of a heartbeat that is still to come, the clock was set back since: nobody need be there.
    'select exists (select 1 from worker where abs(extract(epoch from clock_timestamp()) * 1000000 - seen_at) < $1) as live',
    [liveMs * 1000],
  );
  return rows[0]?.live === true;
}
