import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

/** The engines that every test of an operation runs on. */
export const databases = ['SQLite', 'PostgreSQL'] as const;
export type TestDatabase = (typeof databases)[number];

/** A new empty folder that nobody else uses. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'aqueduct-'));
}

/** The address of a new empty database; undefined means SQLite in the data folder. */
export async function newDatabase(database: TestDatabase): Promise<string | undefined> {
  if (database === 'SQLite') return undefined;
  const url = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return `${url}/${name}`;
}
