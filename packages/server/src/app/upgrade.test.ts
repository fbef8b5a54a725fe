import { existsSync } from 'node:fs';
import { link, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check, newExperiment, put } from '../check/testing/installation.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { findExperiments } from '../experiments/find-experiments.ts';
import { deleteFiles } from '../files/delete-files.ts';
import { encodedName, foldName } from '../files/readable-name.ts';
import { recoverFiles } from '../files/recover-files.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { query } from '../platform/database/query.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';

const backToOldIndex = [
  query()(() => sql`drop index file_by_folded_name`),
  query()(() => sql`create index file_by_folded_name on file (experiment_id, folded_name)`),
  query()(() => sql`drop table if exists search_taken_in`),
  query()(() => sql`alter table upload drop column writer`),
  query()(() => sql`delete from kysely_migration where name >= '0006'`),
];
const fileNames = query()<{ id: number; name: string }>(() => sql`select id, name from file`);
const setFoldedName = query<{ id: number; foldedName: string }>()(
  (_, p) => sql`update file set folded_name = ${p.foldedName} where id = ${p.id}`,
);
const setReadableName = query<{ name: string; readableName: string }>()(
  (_, p) => sql`update file set readable_name = ${p.readableName} where name = ${p.name}`,
);
const objectOf = query<{ name: string }>()<{ object_key: string; readable_name: string }>(
  (_, p) => sql`select object_key, readable_name from file where name = ${p.name}`,
);
const setSearchText = query<{ id: number; text: string }>()(
  (_, p) => sql`update experiment set search_text = ${p.text} where id = ${p.id}`,
);
const putInIndex = query<{ id: number; text: string }>()(
  (_, p) => sql`insert into experiment_search (rowid, live, archived) values (${p.id}, ${p.text}, '')`,
);
const emptyPending = query()(() => sql`delete from search_pending`);

type Installation = Awaited<ReturnType<typeof testContext>>;

describe.each(databases)('an installation of before, on %s', (database) => {
  test.each(['the encoded file', 'the other file'])(
    'in which two files had one readable name and %s was shown gets one for each',
    async (shown) => {
      const ctx = await testContext(database);
      const { uuid, eid } = await newExperiment(ctx);
      const folder = join(ctx.config.experimentsDir, eid);
      const encoded = encodedName('a.txt');
      const capitals = encodedName('é').toUpperCase();
      const names = ['A.txt', 'a.txt', encoded, 'É', 'é', capitals, 'right.csv'];
      for (const name of names) await put(ctx, uuid, name, name);
      await ctx.db.write(async (tx) => {
        for (const name of ['a.txt', 'é'])
          await tx.run(setReadableName, { name, readableName: encodedName(name) });
        await tx.run(setReadableName, { name: encoded, readableName: encoded });
        await tx.run(setReadableName, { name: capitals, readableName: capitals });
      });
      for (const name of await readdir(folder)) if (name.includes('~')) await rm(join(folder, name));
      await show(ctx, shown === 'the encoded file' ? 'a.txt' : encoded, join(folder, encoded));
      await show(ctx, 'é', join(folder, encodedName('é')));
      await show(ctx, capitals, join(folder, capitals));

      const upgraded = await upgrade(ctx);
      const stopping = new AbortController();
      const recovery = recoverFiles(upgraded, upgraded.storage, stopping.signal);
      await expect.poll(() => contents(folder)).toEqual(names.toSorted());
      stopping.abort();
      await recovery;
      expect(await readFile(join(folder, encoded), 'utf8')).toBe(encoded);
      expect(await readFile(join(folder, 'A.txt'), 'utf8')).toBe('A.txt');
      const places = (await readdir(folder)).map(foldName);
      expect(new Set(places).size).toBe(names.length);
      expect(await check(upgraded)).toEqual([]);
      await put(upgraded, uuid, encoded, 'another version');
      await put(upgraded, uuid, 'a.txt', 'another version');
      expect(await check(upgraded)).toEqual([]);
      await deleteFiles(upgraded, uuid, names);
      // Of many, the last ones go behind the answer.
      await expect.poll(() => existsSync(folder)).toBe(false);
    },
  );

  test('whose titles were folded otherwise is searched as a new one', async () => {
    const ctx = await testContext(database);
    const titles = ['ΣΥΣΤΗΜΑ ΟΔΟΣ', '10 \u00b5s', 'Rabi', 'Größe'];
    for (const title of titles) {
      const { id, eid } = await createExperiment(ctx, { title, description: '', tags: [] });
      const text = `${title.normalize('NFC').toLowerCase()}\n${eid}`;
      await ctx.db.write(async (tx) => {
        await tx.run(setSearchText, { id, text });
        if (tx.engine === 'postgres') return;
        await tx.run(putInIndex, { id, text });
        await tx.run(emptyPending, {});
      });
    }
    const upgraded = await upgrade(ctx);
    const found = async (title: string) => {
      const { experiments } = await findExperiments(upgraded, { limit: 10, offset: 0, filters: { title } });
      return experiments.map((each) => each.title);
    };
    expect(await found('οδος')).toEqual(['ΣΥΣΤΗΜΑ ΟΔΟΣ']);
    expect(await found('ΟΔΟΣ')).toEqual(['ΣΥΣΤΗΜΑ ΟΔΟΣ']);
    expect(await found('10 \u03bcs')).toEqual(['10 \u00b5s']);
    expect(await found('10 \u00b5S')).toEqual(['10 \u00b5s']);
    expect(await found('rabi')).toEqual(['Rabi']);
    expect(await found('größe')).toEqual(['Größe']);
  });
});

/** Takes the database back to what it was before readable names were unique, and opens it again. */
async function upgrade(ctx: Installation): Promise<Installation> {
  await ctx.db.write(async (tx) => {
    for (const statement of backToOldIndex) await tx.run(statement, {});
    for (const { id, name } of await tx.all(fileNames, {}))
      await tx.run(setFoldedName, { id, foldedName: foldName(name) });
  });
  const { dataDir, databaseUrl } = ctx.config;
  const db = await openDatabase({ url: databaseUrl, dataDir, clock: ctx.clock });
  onTestFinished(() => db.close());
  return { ...ctx, db, write: (work) => db.write(work) };
}

async function show(ctx: Installation, name: string, place: string): Promise<void> {
  const file = await ctx.db.first(objectOf, { name });
  await link(join(ctx.config.dataDir, 'objects', file?.object_key ?? ''), place);
}

/** What the files of a folder hold, sorted. */
async function contents(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).toSorted();
}
