import { existsSync } from 'node:fs';
import { access, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { findExperiment } from '../experiments/find-experiment.ts';
import { removeExperiment } from '../experiments/remove-experiment.ts';
import { query } from '../platform/database/query.ts';
import { folderOnOtherDisk, hasOtherDisk } from '../platform/storage/testing/other-disk.ts';
import { anotherRequest, testContext } from '../testing/test-context.ts';
import { databases, temporaryFolder } from '../testing/test-database.ts';
import { deleteFiles } from './delete-files.ts';
import { objectsAt } from './file.queries.ts';
import { findFiles } from './find-files.ts';
import { readableFoldersAtRest } from './readable-folders.ts';
import { encodedName, foldName } from './readable-name.ts';
import { recoverFiles } from './recover-files.ts';
import { uploadFile } from './upload-file.ts';

describe.each(databases)('readable folders, on %s', (database) => {
  test('show the current version under its name, and nothing of what is gone', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const folder = join(ctx.config.experimentsDir, eid);
    await put(ctx, uuid, 'data.csv', 'one');
    await put(ctx, uuid, 'data.csv', 'two');
    await put(ctx, uuid, 'notes.txt', 'three');
    expect(await contents(folder)).toEqual({ 'data.csv': 'two', 'notes.txt': 'three' });
    await deleteFiles(ctx, uuid, ['notes.txt']);
    expect(await contents(folder)).toEqual({ 'data.csv': 'two' });
    await removeExperiment(ctx, uuid);
    await expect
      .poll(() =>
        access(folder).then(
          () => 'there',
          () => 'gone',
        ),
      )
      .toBe('gone');
    await expect.poll(() => objects(ctx)).toEqual([]);
  });

  test('show the last of many versions that come and go at once', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; i < 25; i += 1) {
        await put(ctx, uuid, 'a', `${writer}, ${i}`);
        // Another one may have deleted it just before.
        if (i % 3 === 0) await deleteFiles(ctx, uuid, ['a']).catch(() => undefined);
      }
    });
    await Promise.all(writers);
    await put(ctx, uuid, 'a', 'last');
    await expect.poll(() => contents(join(ctx.config.experimentsDir, eid))).toEqual({ a: 'last' });
    await expect.poll(() => objects(ctx)).toHaveLength(1);
  });

  test('names that a disk would fold live side by side', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    for (const name of ['a.txt', 'A.txt', '\u00e9', 'e\u0301']) await put(ctx, uuid, name, name);
    expect(await contents(join(ctx.config.experimentsDir, eid))).toEqual({
      'a.txt': 'a.txt',
      [encodedName('A.txt')]: 'A.txt',
      '\u00e9': '\u00e9',
      [encodedName('e\u0301')]: 'e\u0301',
    });
    await deleteFiles(ctx, uuid, ['a.txt', 'A.txt', '\u00e9', 'e\u0301']);
    await expect(readdir(join(ctx.config.experimentsDir, eid))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('are not made where a link leads elsewhere: the file is kept, and shown when the link is gone', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const folder = join(ctx.config.experimentsDir, eid);
    const elsewhere = await temporaryFolder();
    await symlink(elsewhere, folder);
    await put(ctx, uuid, 'data.csv', 'one');
    await put(ctx, uuid, 'data.csv', 'two');
    await put(ctx, uuid, 'gone.csv', 'three');
    await deleteFiles(ctx, uuid, ['gone.csv']);
    expect(await readdir(elsewhere)).toEqual([]);
    await rm(folder);
    await expect.poll(() => contents(folder).catch(() => ({}))).toEqual({ 'data.csv': 'two' });
    await expect.poll(() => objects(ctx)).toHaveLength(1);
  });

  test('are waited for where a file has only to be linked', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const { readable } = ctx.storage;
    const slow = {
      ...readable,
      copies: false,
      add: (key: string, path: string) => sleep(400).then(() => readable.add(key, path)),
    };
    Object.defineProperty(ctx.storage, 'readable', { value: slow });
    await put(ctx, uuid, 'data.csv', 'one');
    expect(await contents(join(ctx.config.experimentsDir, eid))).toEqual({ 'data.csv': 'one' });
  });

  test('keep nobody waiting where files are copied to a slow disk, and show them when they are there', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const { readable } = ctx.storage;
    const copied = Promise.withResolvers<void>();
    // As of the first file since the start.
    let copies = false;
    const slow = {
      ...readable,
      get copies() {
        return copies;
      },
      async add(key: string, path: string) {
        copies = true;
        await copied.promise;
        return readable.add(key, path);
      },
    };
    Object.defineProperty(ctx.storage, 'readable', { value: slow });
    await put(ctx, uuid, 'data.csv', 'one');
    const experiment = await findExperiment(ctx, { type: 'UUID', value: uuid });
    expect((await findFiles(ctx, experiment)).map(({ name }) => name)).toEqual(['data.csv']);
    copied.resolve();
    const folder = join(ctx.config.experimentsDir, eid);
    await expect.poll(() => contents(folder).catch(() => ({}))).toEqual({ 'data.csv': 'one' });
  });

  test.runIf(hasOtherDisk())(
    'show the current version where they are copies, also of one size and second',
    async () => {
      const ctx = await testContext(database);
      const experimentsDir = await folderOnOtherDisk();
      const apart = { ...ctx, config: { ...ctx.config, experimentsDir } };
      const { uuid, eid } = await createExperiment(apart, { title: 'x', description: '', tags: [] });
      for (let i = 0; i < 10; i += 1) {
        await put(apart, uuid, 'state.txt', `state ${i}`);
        await readableFoldersAtRest(ctx.db);
        expect(await contents(join(experimentsDir, eid))).toEqual({ 'state.txt': `state ${i}` });
      }
      await deleteFiles(apart, uuid, ['state.txt']);
      await readableFoldersAtRest(ctx.db);
      expect(existsSync(join(experimentsDir, eid))).toBe(false);
    },
  );

  test('a file that is really called like the encoded name of another has a name of its own', async () => {
    const ctx = await testContext(database);
    const encoded = encodedName('a.txt');
    const orders = [
      ['A.txt', 'a.txt', encoded, encoded],
      ['A.txt', encoded, 'a.txt', encoded],
      ['A.txt', encoded.toUpperCase(), 'a.txt', encoded],
    ];
    for (const names of orders) {
      const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
      const folder = join(ctx.config.experimentsDir, eid);
      for (const name of names) await put(ctx, uuid, name, name);
      const shown = await contents(folder);
      expect(Object.values(shown).toSorted()).toEqual([...new Set(names)].toSorted());
      const places = Object.keys(shown).map(foldName);
      expect(new Set(places).size, places.join()).toBe(places.length);
      await put(ctx, uuid, 'a.txt', 'another version');
      expect(Object.values(await contents(folder))).toContain('another version');
      await deleteFiles(ctx, uuid, [...new Set(names)]);
      // Of many, the last ones go behind the answer.
      await expect.poll(() => existsSync(folder)).toBe(false);
    }
  });

  test('what shows one of many files is found by an index', async () => {
    const { db } = await testContext(database);
    const isSqlite = db.engine === 'sqlite';
    const statement = objectsAt.on(db.engine).sql.replace(/\?|\$\d+/g, "'x'");
    const explain = query()<object>(() => sql.raw(`explain ${isSqlite ? 'query plan ' : ''}${statement}`));
    const plan = JSON.stringify(await db.all(explain, {}));
    expect(plan).toContain('file_by_folded_name');
    expect(plan).toMatch(/\(.*experiment_id.*folded_name ?=.*\)/);
  });

  test('what people put there themselves is neither shown as ours nor removed', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    const folder = join(ctx.config.experimentsDir, eid);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'data.csv'), 'by hand');
    await put(ctx, uuid, 'data.csv', 'ours');
    await put(ctx, uuid, 'data.csv', 'ours again');
    expect(await contents(folder)).toEqual({
      'data.csv': 'by hand',
      [encodedName('data.csv')]: 'ours again',
    });
    await removeExperiment(ctx, uuid);
    await expect.poll(() => contents(folder)).toEqual({ 'data.csv': 'by hand' });
  });

  test('a start makes them right again, and removes bytes without a row', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    await put(ctx, uuid, 'data.csv', 'one');
    const folder = join(ctx.config.experimentsDir, eid);
    await rm(folder, { recursive: true });
    const stopping = new AbortController();
    const recovery = recoverFiles(ctx, ctx.storage, stopping.signal);
    await expect.poll(() => contents(folder).catch(() => ({}))).toEqual({ 'data.csv': 'one' });
    stopping.abort();
    await recovery;
  });

  test('a repeated upload keeps the first, and leaves no bytes behind', async () => {
    const ctx = await testContext(database);
    const experiment = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    await put(anotherRequest(ctx, 'k'), experiment.uuid, 'a', 'one');
    await put(ctx, experiment.uuid, 'a', 'two');
    await put(anotherRequest(ctx, 'k'), experiment.uuid, 'a', 'one');
    await expect(put(anotherRequest(ctx, 'k'), experiment.uuid, 'a', 'three')).rejects.toMatchObject({
      code: 'KEY_REUSED',
    });
    const [file] = await findFiles(anotherRequest(ctx), { ...experiment, revision: 3 });
    expect(file).toMatchObject({
      name: 'a',
      size: 3,
      createdBy: 'admin',
      mediaType: 'application/octet-stream',
    });
    await expect.poll(() => objects(ctx)).toHaveLength(1);
  });

  test('of an upload that fails no bytes are left', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    await put(ctx, uuid, 'a', 'one');
    await expect(put(ctx, ctx.newUuid(), 'a', 'two')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await objects(ctx)).toHaveLength(1);
  });

  test('a repeated deletion deletes nothing that came since; another one with its key is a conflict', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    for (const name of ['a', 'b']) await put(ctx, uuid, name, 'one');
    const remove = (...names: string[]) => deleteFiles(anotherRequest(ctx, 'k'), uuid, names);
    expect(await remove('a')).toEqual(['a']);
    await put(ctx, uuid, 'a', 'two');
    expect(await remove('a', 'a')).toEqual(['a']);
    await expect(remove('b')).rejects.toMatchObject({ code: 'KEY_REUSED' });
    const experiment = await findExperiment(ctx, { type: 'UUID', value: uuid });
    expect((await findFiles(ctx, experiment)).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('names are told in the order of Python, by characters', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    // In UTF-16, half of the emoji comes before the fullwidth letter.
    const names = ['A', 'a', 'ä', 'Ａ', '😀'];
    for (const name of names) await put(ctx, uuid, name, name);
    const missing = deleteFiles(ctx, uuid, ['😀😀', 'ＡＡ', 'A']);
    await expect(missing).rejects.toThrow('File(s) not found - ＡＡ and 😀😀');
    expect(await deleteFiles(ctx, uuid, names.toReversed())).toEqual(names);
  });

  test('files that are asked for many times at once are one list', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'x', description: '', tags: [] });
    await put(ctx, uuid, 'a', 'one');
    const experiment = await findExperiment(ctx, { type: 'UUID', value: uuid });
    const [list, other] = await Promise.all([findFiles(ctx, experiment), findFiles(ctx, experiment)]);
    expect(list).toHaveLength(1);
    expect(other).toBe(list);
  });
});

async function put(ctx: Context, uuid: string, name: string, text: string): Promise<void> {
  const object = await ctx.storage.put(Readable.from([Buffer.from(text)]));
  await uploadFile(ctx, { uuid, name, object });
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

async function objects(ctx: Context): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of ctx.storage.list()) keys.push(key);
  return keys;
}
