import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { systemClock } from '../clock.ts';
import type { Database } from './database.ts';
import { searchNeedle } from './dialect.ts';
import { isIndexable } from './is-indexable.ts';
import { openDatabase } from './open-database.ts';

const ROWS = 500;
const LETTERS = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';

/** Folded texts, and whether PostgreSQL's index helps to find them: everywhere, or where it knows all letters. */
const texts: readonly (readonly [string, 'always' | 'with letters' | 'never'])[] = [
  ['rabi', 'always'],
  ['20 mk', 'always'],
  ['q1-q2', 'always'],
  ['ab ', 'always'],
  [' ab', 'always'],
  ['_ab', 'always'],
  ['ab%', 'always'],
  ['\\ab', 'always'],
  ['abé', 'always'],
  ['éab', 'always'],
  ['ab🙂', 'always'],
  ['δωσ', 'with letters'],
  ['ключ', 'with letters'],
  ['超伝導', 'with letters'],
  ['-(-', 'never'],
  ['%_\\', 'never'],
  ['🙂🙂🙂', 'never'],
  ['a- b', 'never'],
  ['ab', 'never'],
  ['', 'never'],
  ['rabi\0', 'never'],
];

describe.each(['C', LETTERS])('PostgreSQL with LC_CTYPE=%s', (ctype) => {
  let db: Database;
  let admin: pg.Client;
  beforeAll(async () => {
    const url = await databaseOf(ctype);
    db = await openDatabase({ url, dataDir: await temporaryFolder(), clock: systemClock() });
    admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`create table title (text text collate "C");
      create index on title using gin (text public.gin_trgm_ops);
      insert into title select 'zzz ' || i from generate_series(1, ${ROWS}) i;
      set enable_seqscan = off`);
    return async () => {
      await admin.end();
      await db.close();
    };
  });

  test.each(texts)('looks for "%s" in the index: %s', async (text, where) => {
    const isHelpful = where === 'always' || (where === 'with letters' && ctype !== 'C');
    expect(await isIndexable(db, text)).toBe(isHelpful);
    // No row has any of them, so an index that helps gives none to look at.
    if (isHelpful) expect(await rowsFromIndex(text)).toBe(0);
  });

  test('gives all rows to look at for punctuation', async () => {
    expect(await rowsFromIndex('-(-')).toBe(ROWS);
  });

  async function rowsFromIndex(text: string): Promise<number> {
    const needle = admin.escapeLiteral(searchNeedle('postgres', text, 0));
    const { rows } = await admin.query(
      `explain (analyze, format json) select from title where text like ${needle}`,
    );
    return rows[0]['QUERY PLAN'][0].Plan.Plans[0]['Actual Rows'];
  }
});

test.each([
  ['abc', true],
  ['-(-', true],
  ['🙂🙂🙂', true],
  ['ab', false],
  ['🙂🙂', false],
  ['abc\0', false],
])('SQLite looks for "%s" in the index: %s', async (text, is) => {
  const db = await openDatabase({ dataDir: await temporaryFolder(), clock: systemClock() });
  onTestFinished(() => db.close());
  expect(await isIndexable(db, text)).toBe(is);
});

/** The address of a new database with a locale of its own. */
async function databaseOf(ctype: string): Promise<string> {
  const url = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query(
    `create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype '${ctype}'`,
  );
  await client.end();
  return `${url}/${name}`;
}
