import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import type { Database } from '../platform/database/database.ts';
import { isPassing } from '../platform/errors/as-aqueduct-error.ts';
import { inParallel } from '../platform/in-parallel.ts';

type Needs = Pick<Services, 'db' | 'log'>;
/** Makes a name right, or rejects. */
type MakeRight = (path: string) => Promise<unknown>;

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const AT_ONCE = 4;

/** Names of each database that wait for it. */
const waiting = new WeakMap<Database, Set<string>>();

/**
 * Makes names right that could not be while the database or the disk was away or full, or whose commit was in doubt:
 * as soon as the database can be written again. Looks for that only while a name waits, and ever more seldom.
 */
export function redoNames(needs: Needs, paths: readonly string[], makeRight: MakeRight): void {
  const known = waiting.get(needs.db);
  const all = known ?? new Set();
  for (const path of paths) all.add(path);
  if (known || all.size === 0) return;
  waiting.set(needs.db, all);
  void redoAll(needs, all, makeRight);
}

/** The next start makes right what waits yet. */
export function forgetNames(db: Database): void {
  waiting.get(db)?.clear();
}

async function redoAll({ db, log }: Needs, paths: Set<string>, makeRight: MakeRight): Promise<void> {
  for (let wait = FIRST_WAIT_MS; paths.size > 0; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    await sleep(wait, undefined, { ref: false });
    try {
      // Writers wait for each other: behind this, a commit that was in doubt has come to its end.
      await db.write(async () => undefined);
    } catch (err) {
      log.debug({ err, names: paths.size }, 'names in the readable folders wait for the database');
      continue;
    }
    await inParallel([...paths], AT_ONCE, async (path) => {
      // Before it is made right: whoever adds it from now on means a later state.
      paths.delete(path);
      await makeRight(path).catch((err: unknown) => {
        if (isPassing(err)) paths.add(path);
        else log.error({ err, path }, 'the readable folder could not be updated; the next start tries again');
      });
    });
  }
  waiting.delete(db);
}
