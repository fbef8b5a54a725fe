import { once } from 'node:events';
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { testContext } from '../../testing/test-context.ts';
import { databases } from '../../testing/test-database.ts';
import { query } from '../database/query.ts';
import { Presence } from './presence.ts';

const asOfNewer = query()(() => sql`insert into kysely_migration values ('9999-later', '')`);
const PATIENCE = { heartbeatMs: 5000, homeLostAfterMs: 600_000 };

test.each(databases)(
  'a server stops once when a newer version has changed its tables, on %s',
  async (database) => {
    const ctx = await testContext(database);
    const told: string[] = [];
    const log = pino({ level: 'fatal' }, { write: (line: string) => void told.push(JSON.parse(line).msg) });
    const presence = new Presence({ ...ctx, log }, { home: 'here', worker: 'this' }, PATIENCE);
    await presence.beat();
    expect(told).toEqual([]);
    await ctx.db.write((tx) => tx.run(asOfNewer, {}));
    const asked = once(process, 'SIGTERM');
    await presence.beat();
    await presence.beat();
    await asked;
    expect(told).toEqual([expect.stringMatching(/^A newer version .* This server stops/)]);
  },
);
