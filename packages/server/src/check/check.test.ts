import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { removeExperiment } from '../experiments/remove-experiment.ts';
import { deleteFiles } from '../files/delete-files.ts';
import { readableFoldersAtRest } from '../files/readable-folders.ts';
import { shownNames } from '../files/readable-name.ts';
import type { Executor } from '../platform/database/database.ts';
import { query } from '../platform/database/query.ts';
import { sqlitePath } from '../platform/database/sqlite.ts';
import { folderOnOtherDisk, hasOtherDisk } from '../platform/storage/testing/other-disk.ts';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { checkInstallation } from './check-installation.ts';
import { findingKinds } from './finding.ts';
import {
  anHourLater,
  check,
  findings,
  newExperiment,
  objectsOf,
  put,
  replaceByHand,
  sha256,
  writeInto,
} from './testing/installation.ts';

describe.each(databases)('a check, on %s', (database) => {
  test('finds nothing where nothing is wrong', async () => {
    const ctx = await testContext(database);
    expect(await check(ctx)).toEqual([]);
    const { uuid } = await newExperiment(ctx);
    for (const name of ['a.txt', 'A.txt', 'é', 'e\u0301', 'old', 'empty']) await put(ctx, uuid, name, name);
    await put(ctx, uuid, 'a.txt', 'another version');
    await put(ctx, uuid, 'empty', '');
    await deleteFiles(ctx, uuid, ['old']);
    const removed = await newExperiment(ctx);
    await put(ctx, removed.uuid, 'x', 'x');
    await removeExperiment(ctx, removed.uuid);
    expect(await check(ctx)).toEqual([]);
    expect(await check(ctx, { isQuick: true })).toEqual([]);
    // Older versions are removed behind the answers.
    await readableFoldersAtRest(ctx.db);
    const progress: number[] = [];
    const summary = await checkInstallation(ctx, {
      onFinding: () => undefined,
      onProgress: ({ files }) => progress.push(files),
    });
    expect(summary).toEqual({ files: 5, totalFiles: 5, bytes: 25, objects: 5 });
    expect(progress.at(-1)).toBe(5);
  });

  test('finds nothing wrong where the disk takes no names so long: files are shown under shorter ones', async () => {
    const made = await testContext(database);
    const experimentsDir = await folderOfLength(made.config.dataDir, 3900);
    const ctx = { ...made, config: { ...made.config, experimentsDir } };
    const { uuid, eid } = await newExperiment(ctx);
    const long = `${'x'.repeat(251)}.csv`;
    for (const text of ['a version', 'the next one']) await put(ctx, uuid, long, text);
    await put(ctx, uuid, 'short.csv', '');
    await readableFoldersAtRest(ctx.db);
    const shown = shownNames(long)[2] ?? '';
    expect(await readdir(join(experimentsDir, eid))).toEqual(['short.csv', shown].toSorted());
    expect(shown).toMatch(/^x+~[0-9a-f]{8}\.csv$/);
    expect(await readFile(join(experimentsDir, eid, shown), 'utf8')).toBe('the next one');
    expect(await check(ctx)).toEqual([]);
    await rm(join(experimentsDir, eid, shown));
    expect(await check(anHourLater(ctx))).toEqual([`readable ${eid}/${long}`]);
    await put(ctx, uuid, long, 'the last one');
    await deleteFiles(ctx, uuid, [long]);
    await readableFoldersAtRest(ctx.db);
    expect(await readdir(join(experimentsDir, eid))).toEqual(['short.csv']);
  });

  test('ends where files are recorded faster than it looks at them', async () => {
    const ctx = await testContext(database);
    const { uuid } = await newExperiment(ctx);
    await put(ctx, uuid, 'first', 'x');
    let looks = 0;
    const all: Executor['all'] = async (query, params) => {
      looks += 1;
      if (looks < 60) await put(ctx, uuid, `file ${looks}`, 'x');
      return ctx.db.slow.all(query, params);
    };
    const slow = Object.create(ctx.db.slow, { all: { value: all } }) as Executor;
    expect(await check({ ...ctx, db: { ...ctx.db, slow } })).toEqual([]);
    expect(looks).toBeLessThan(30);
  });

  test('finds bytes that are gone or others, and names that do not show them', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await newExperiment(ctx);
    const names = ['gone', 'lost', 'short', 'other', 'hidden', 'edited', 'copied', 'folder', 'right'];
    for (const name of names) await put(ctx, uuid, name, `bytes of ${name}`);
    const at = (name: string) => join(ctx.config.experimentsDir, eid, name);
    const objects = await objectsOf(ctx, eid);
    const objectOf = (name: string) => objects.get(name) ?? '';
    await rm(objectOf('gone'));
    await rm(at('gone'));
    // Its readable name still has the bytes.
    await rm(objectOf('lost'));
    await writeInto(objectOf('short'), 'x');
    // A readable name is the object itself.
    await writeInto(at('other'), 'bytes of OTHER');
    await rm(at('hidden'));
    await replaceByHand(at('edited'), 'bytes of EDITED');
    await replaceByHand(at('copied'), 'bytes of copied');
    await rm(at('folder'));
    await mkdir(at('folder'));

    const later = anHourLater(ctx);
    const expected = [
      `changed ${eid}/other`,
      `changed ${eid}/short`,
      `copy ${eid}/copied`,
      `edited ${eid}/edited`,
      `missing ${eid}/gone`,
      `missing ${eid}/lost`,
      `readable ${eid}/folder`,
      `readable ${eid}/hidden`,
    ];
    expect(await check(later)).toEqual(expected);
    // Without hashing, what has the right size passes; somebody's own file is read all the same.
    const [, ...seenByQuick] = expected;
    expect(await check(later, { isQuick: true })).toEqual(seenByQuick);

    const found = await findings(later);
    expect(found.find(({ name }) => name === 'other')).toMatchObject({
      eid,
      recorded: { size: 14, sha256: sha256('bytes of other') },
      found: { size: 14, sha256: sha256('bytes of OTHER') },
    });
    expect(found.find(({ name }) => name === 'lost')?.text).toContain('--adopt');
    expect(found.find(({ name }) => name === 'hidden')?.text).toContain('next start');
  });

  test.runIf(hasOtherDisk())('finds copies with other bytes, and takes none of them in', async () => {
    const ctx = await testContext(database);
    const experimentsDir = await folderOnOtherDisk();
    const apart = { ...ctx, config: { ...ctx.config, experimentsDir } };
    const { uuid, eid } = await newExperiment(apart);
    for (const name of ['rotten', 'old', 'right']) await put(apart, uuid, name, `bytes of ${name}`);
    await readableFoldersAtRest(apart.db);
    const at = (name: string) => join(experimentsDir, eid, name);
    const objects = await objectsOf(apart, eid);
    const time = (await stat(at('rotten'))).mtimeMs / 1000;
    await writeInto(at('rotten'), 'BYTES OF rotten');
    await utimes(at('rotten'), time, time);
    // As versions before this one left it, where the next one came within the same second.
    await writeInto(at('old'), 'older bytes!');
    const halfSecond = Math.floor((await stat(objects.get('old') ?? '')).mtimeMs / 1000) + 0.5;
    await utimes(at('old'), halfSecond, halfSecond);

    const later = anHourLater(apart);
    expect(await check(later, { isQuick: true })).toEqual([]);
    const expected = [`readable ${eid}/old`, `readable ${eid}/rotten`];
    expect(await check(later)).toEqual(expected);
    const found = await findings(later, { adopter: apart });
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(expected);
    expect(found[0]).toMatchObject({
      recorded: { size: 12, sha256: sha256('bytes of old') },
      found: { size: 12, sha256: sha256('older bytes!') },
      text: expect.stringContaining('Delete it') as string,
    });
    expect(await readFile(at('old'), 'utf8')).toBe('older bytes!');
  });

  test('finds bytes that no file needs, unless they may still get their row or are about to go', async () => {
    const ctx = await testContext(database);
    const { uuid } = await newExperiment(ctx);
    await put(ctx, uuid, 'x', 'x');
    const { dataDir, experimentsDir } = ctx.config;
    const key = `20200101/${'a'.repeat(32)}`;
    const doomed = `20200101/${'b'.repeat(32)}`;
    const staged = `experiments/.aqueduct-copies/${'c'.repeat(32)}`;
    await mkdir(join(dataDir, 'objects/20200101'));
    await mkdir(join(experimentsDir, '.aqueduct-copies'));
    const places = [`objects/${key}`, `objects/${doomed}`, 'objects/junk', 'objects/20200101/junk'];
    const temporary = 'objects/.incoming/0123456789ab-1';
    const rescued = ['objects/.incoming/rescued.h5', 'objects/.parts/notes.txt'];
    for (const place of [...places, ...rescued, temporary, staged])
      await writeFile(join(dataDir, place), 'x');
    await ctx.db.write((tx) => tx.run(doom, { key: doomed }));

    const at = (path: string) => join(dataDir, path);
    const byHand = [...rescued, 'objects/20200101/junk', 'objects/junk'].map(
      (place) => `by-hand ${at(place)}`,
    );
    expect(await check(ctx)).toEqual(byHand);
    expect(await check(anHourLater(ctx))).toEqual([
      ...byHand,
      `extra objects/${key}`,
      `leftover ${at(staged)}`,
      `leftover ${at(temporary)}`,
    ]);
    await writeFile(join(dataDir, 'databases'), 'another-database\n');
    expect(await check(anHourLater(ctx))).toContain(`shared objects/${key}`);
  });

  test('reports what people put into the folders, and says which of it can be taken in', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await newExperiment(ctx);
    await put(ctx, uuid, 'data.csv', 'data');
    const { experimentsDir } = ctx.config;
    for (const folder of [`${eid}/folder`, 'of nobody', '20990101-1'])
      await mkdir(join(experimentsDir, folder));
    for (const file of [`${eid}/notes.txt`, `${eid}/.hidden`, 'loose.txt'])
      await writeFile(join(experimentsDir, file), 'by hand');
    const found = await findings(ctx);
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      `by-hand ${eid}/.hidden`,
      `by-hand ${eid}/folder`,
      `by-hand ${eid}/notes.txt`,
      'by-hand 20990101-1',
      'by-hand loose.txt',
      'by-hand of nobody',
    ]);
    expect(found[2]?.text).toContain('takes it into the record');
  });

  test('says in one line that the folder of experiments is not there', async () => {
    const ctx = await testContext(database);
    const { uuid } = await newExperiment(ctx);
    for (const name of ['a', 'b']) await put(ctx, uuid, name, name);
    await rm(ctx.config.experimentsDir, { recursive: true });
    expect(await check(ctx)).toEqual([`readable ${ctx.config.experimentsDir}`]);
  });

  test('finds wrong counters', async () => {
    const ctx = await testContext(database);
    await newExperiment(ctx, ['Qubit-3']);
    await newExperiment(ctx);
    expect(await check(ctx)).toEqual([]);
    for (const spoil of spoiled) await ctx.db.write((tx) => tx.run(spoil, {}));
    const day = new Date().toISOString().slice(0, 10);
    const found = await findings(ctx);
    expect(found.map(({ kind, subject, text }) => `${kind} ${subject}: ${text}`)).toEqual([
      expect.stringContaining('counter all experiments: the counter is off by -1 (archived: +2)'),
      expect.stringContaining(`counter day ${day}: the counter is off by -2 (archived: 0)`),
      expect.stringContaining('the counter is off by +2 (archived: 0)'),
      // One of them by the link.
      expect.stringContaining('counter tag Qubit-3: the counter is off by +5 (archived: -1)'),
      expect.stringContaining('counter tags of experiments: 1 of them'),
    ]);
  });
});

test('every kind of finding is described in docs/operation.md', async () => {
  const text = await readFile('docs/operation.md', 'utf8');
  const rows = text.matchAll(/^\| `([a-z-]+)` +\| (problem|note) /gm);
  expect(Object.fromEntries([...rows].map(([, kind, weight]) => [kind, weight]))).toEqual(findingKinds);
});

test('finds rows that refer to none', async () => {
  const ctx = await testContext('SQLite');
  const { uuid } = await newExperiment(ctx, ['a', 'b']);
  await put(ctx, uuid, 'x', 'x');
  const other = new Sqlite(sqlitePath(ctx.config.dataDir));
  other.pragma('foreign_keys = off');
  other.exec('delete from tag');
  other.close();
  const found = await findings(ctx);
  expect(found).toMatchObject([{ kind: 'database', subject: 'table experiment_tag' }]);
  expect(found[0]?.text).toContain('2 of its rows');
});

const doom = query<{ key: string }>()(
  (_, p) =>
    sql`insert into doomed_object (object_key, readable_path, doomed_at) values (${p.key}, '20200101-1/x', 0)`,
);

const spoiled = [
  sql`update tag set live = live + 4`,
  sql`update experiment_count set live = live - 2 where scope = 'day'`,
  sql`update experiment_count set live = live - 1, archived = archived + 2 where scope = 'all'`,
  sql`update experiment_tag set archived = 1`,
].map((statement) => query()(() => statement));

/** A folder whose path is so long that the system takes no long names in it, as some disks take none at all. */
async function folderOfLength(parent: string, length: number): Promise<string> {
  let path = parent;
  while (path.length < length) path = join(path, 'd'.repeat(Math.min(200, length - path.length)));
  await mkdir(path, { recursive: true });
  return path;
}
