import { randomUUID } from 'node:crypto';
import { addMetaValue, metaValue } from '../platform/database/meta.queries.ts';
import type { Services } from './context.ts';

/** Under this key in `meta`. */
export const DATABASE_ID = 'database_id';

/** Tells this database from others that may be used with the same data folder, before or after. */
export async function databaseId({ db }: Pick<Services, 'db'>): Promise<string> {
  const known = await db.first(metaValue, { key: DATABASE_ID });
  if (known) return known.value;
  await db.write((tx) => tx.run(addMetaValue, { key: DATABASE_ID, value: randomUUID() }));
  return (await db.first(metaValue, { key: DATABASE_ID }))?.value ?? '';
}
