import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import type { Database } from '../platform/database/database.ts';
import {
  CHUNKS_AT_ONCE,
  deleteFirstChunks,
  forgetDoomedOutput,
  nextDoomedOutput,
} from './task-output.queries.ts';

type Needs = Pick<Services, 'db' | 'log'>;

/** Requests come first. */
const PAUSE_MS = 5;

interface Sweep {
  last: Promise<void>;
  isStopped: boolean;
}

const sweeps = new WeakMap<Database, Sweep>();

function sweepOf(db: Database): Sweep {
  let sweep = sweeps.get(db);
  if (!sweep) sweeps.set(db, (sweep = { last: Promise.resolve(), isStopped: false }));
  return sweep;
}

/**
 * Deletes what removed tasks have printed, beside the requests and a little at a time: all at once, 600 MB took two
 * seconds, in which nobody was answered. What a crash or a failure leaves is deleted after the next removal or start.
 */
export function sweepOutput(needs: Needs): void {
  const sweep = sweepOf(needs.db);
  sweep.last = sweep.last
    .then(() => deleteDoomed(needs, sweep))
    .catch((err: unknown) => {
      if (!sweep.isStopped) needs.log.error({ err }, 'the output of removed tasks could not be deleted');
    });
}

/** Deletes no more; resolves when nothing is under way. */
export async function stopSweepingOutput(db: Database): Promise<void> {
  const sweep = sweepOf(db);
  sweep.isStopped = true;
  await sweep.last;
}

async function deleteDoomed({ db }: Needs, sweep: Sweep): Promise<void> {
  while (!sweep.isStopped) {
    const doomed = await db.first(nextDoomedOutput, {});
    if (!doomed) return;
    await db.write(async (tx) => {
      const id = doomed.task_id;
      const deleted = await tx.run(deleteFirstChunks, { id, after: 0, limit: CHUNKS_AT_ONCE });
      if (deleted === 0) await tx.run(forgetDoomedOutput, { id });
    });
    await sleep(PAUSE_MS);
  }
}
