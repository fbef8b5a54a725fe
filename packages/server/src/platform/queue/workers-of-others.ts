import type { Database } from '../database/database.ts';
import { timeOfDatabase, workersSeen } from './job.queries.ts';

const LIVE_MICROSECONDS = 60_000_000;

/**
 * The ids of the starts of servers with other data folders that have shown themselves within a minute. Of a folder of
 * one's own, no other is at work; nor of an SQLite.
 *
 * @param home - Identifies one's own data folder.
 */
export async function workersOfOthers(db: Database, home: string): Promise<string[]> {
  if (db.engine === 'sqlite') return [];
  const now = (await db.first(timeOfDatabase, {}))?.now ?? 0;
  return (await db.all(workersSeen, { home, since: now - LIVE_MICROSECONDS })).map(({ id }) => id);
}
