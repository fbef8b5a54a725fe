import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '../../testing/test-context.ts';
import { query } from './query.ts';

const answeredLate = query()<{ slept: string }>(() => sql`select pg_sleep(6)::text as slept`);
const REFUSED_WITHIN_MS = 5500;

test('a write in the middle of which PostgreSQL stops answering is refused in time, and the next one works', async () => {
  const { db } = await testContext('PostgreSQL');
  const begun = performance.now();
  await expect(db.write((tx) => tx.first(answeredLate, {}))).rejects.toThrow();
  expect(performance.now() - begun).toBeLessThan(REFUSED_WITHIN_MS);
  await db.write((tx) => tx.appendEvent('installation.filled', 'afterwards'));
}, 30_000);
