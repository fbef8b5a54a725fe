import { sql } from 'kysely';
import type { Executor } from './database.ts';
import { migrations } from './migrations/migrations.ts';
import { query } from './query.ts';

const applied = query()(() => sql<{ name: string }>`select name from kysely_migration`);

/** Those among the names of migrations that only a newer version has. */
export function newerAmong(names: readonly string[]): string[] {
  return names.filter((name) => !(name in migrations));
}

/** What a newer version has done to a database since this one opened it. */
export async function newerMigrations(executor: Executor): Promise<string[]> {
  return newerAmong((await executor.all(applied, {})).map(({ name }) => name));
}
