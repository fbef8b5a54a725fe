import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createExperiment } from '../../experiments/create-experiment.ts';
import { findExperiments } from '../../experiments/find-experiments.ts';
import { testContext } from '../../testing/test-context.ts';
import { systemClock } from '../clock.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';

const INDEX = "select to_regclass('aqueduct.experiment_search') is not null as found";

test('servers that start on a dump put back without its extension make the index, and search with it', async () => {
  const ctx = await testContext('PostgreSQL');
  const { config } = ctx;
  await createExperiment(ctx, { title: 'δδδ', description: '', tags: [] });
  const admin = await adminOf(config.databaseUrl);
  await admin.query('drop extension pg_trgm cascade');
  expect((await admin.query(INDEX)).rows).toEqual([{ found: false }]);
  const opened = await Promise.all(Array.from({ length: 3 }, () => open(config.databaseUrl, config.dataDir)));
  expect((await admin.query(INDEX)).rows).toEqual([{ found: true }]);
  const found = await findExperiments(
    { ...ctx, db: opened[0] as Database },
    { limit: 10, offset: 0, filters: { title: 'δδδ' } },
  );
  expect(found.experiments).toHaveLength(1);
});

test('a user who may not make extensions uses the one that an administrator made', async () => {
  const { config } = await testContext('PostgreSQL');
  const admin = await adminOf(config.databaseUrl);
  const user = `user_${randomBytes(6).toString('hex')}`;
  await admin.query(`create role ${user} login password 'x'`);
  onTestFinished(async () => {
    await admin.query(`reassign owned by ${user} to current_user; drop owned by ${user}; drop role ${user}`);
  });
  await admin.query(`drop index aqueduct.experiment_search; grant all on schema aqueduct to ${user}`);
  await admin.query(`
    do $$ declare r record; begin
      for r in select tablename from pg_tables where schemaname = 'aqueduct' loop
        execute format('alter table aqueduct.%I owner to ${user}', r.tablename);
      end loop;
    end $$`);
  const address = new URL(config.databaseUrl ?? '');
  address.username = user;
  address.password = 'x';
  await open(address.href, config.dataDir);
  expect((await admin.query(INDEX)).rows).toEqual([{ found: true }]);
});

async function open(url: string | undefined, dataDir: string): Promise<Database> {
  const db = await openDatabase({ url, dataDir, clock: systemClock() });
  onTestFinished(() => db.close());
  return db;
}

async function adminOf(url: string | undefined): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}
