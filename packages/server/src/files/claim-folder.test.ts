import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { databaseId } from '../access/database-id.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { FOLDER_MARK, whyNotMarked } from '../platform/storage/folder-mark.ts';
import { testContext } from '../testing/test-context.ts';
import { databases, temporaryFolder } from '../testing/test-database.ts';
import { claimFolder } from './claim-folder.ts';
import { deleteFiles } from './delete-files.ts';
import { doomedPaths } from './file.queries.ts';
import { readableFoldersAtRest } from './readable-folders.ts';
import { recoverFiles } from './recover-files.ts';
import { uploadFile } from './upload-file.ts';

type Installation = Awaited<ReturnType<typeof testContext>>;

describe.each(databases)('the folder of experiments, on %s', (database) => {
  test('is made right when it is back, and nothing is removed or shown without it', async () => {
    const ctx = await started(await testContext(database));
    const { experimentsDir } = ctx.config;
    const { uuid, eid } = await newExperiment(ctx);
    await put(ctx, uuid, 'data.csv', 'one');
    await put(ctx, uuid, 'gone.csv', 'gone');
    // As where its disk is not mounted.
    await rename(experimentsDir, `${experimentsDir}.off`);
    await mkdir(experimentsDir);
    await put(ctx, uuid, 'data.csv', 'two');
    await put(ctx, uuid, 'new.csv', 'new');
    await deleteFiles(ctx, uuid, ['gone.csv']);
    expect(await readdir(experimentsDir)).toEqual([]);
    expect(await ctx.db.all(doomedPaths, { behind: '', limit: 10 })).toHaveLength(2);
    // Whatever comes back behind that look.
    const removal = ctx.storage.readable.remove(join(experimentsDir, eid, 'gone.csv'), ['a key']);
    await expect(removal).rejects.toMatchObject({ code: 'UNAVAILABLE' });

    await rm(experimentsDir, { recursive: true });
    await rename(`${experimentsDir}.off`, experimentsDir);
    await expect
      .poll(() => contents(join(experimentsDir, eid)), { timeout: 20_000 })
      .toEqual({ 'data.csv': 'two', 'new.csv': 'new' });
    await expect.poll(() => ctx.db.all(doomedPaths, { behind: '', limit: 10 })).toEqual([]);
  });

  test('is not another one for the time of a start, unless that gets its mark', async () => {
    const ctx = await testContext(database);
    const elsewhere = await temporaryFolder();
    const there = await started({ ...ctx, config: { ...ctx.config, experimentsDir: elsewhere } });
    const { uuid, eid } = await newExperiment(there);
    await put(there, uuid, 'data.csv', 'one');
    await started(ctx);
    await put(ctx, uuid, 'data.csv', 'two');
    await readableFoldersAtRest(ctx.db);
    expect(await readdir(ctx.config.experimentsDir)).toEqual([]);

    await started(there, () => expectShown(there, eid, 'two'));
    const why = await ctx.storage.databases.whyNotShownIn(ctx.config.experimentsDir);
    const [, line = ''] = /put the line (\S+) into the file/.exec(why ?? '') ?? [];
    expect(await whyNotMarked(elsewhere, new Set([line]))).toBeUndefined();
    await rename(join(elsewhere, FOLDER_MARK), join(ctx.config.experimentsDir, FOLDER_MARK));
    await started(ctx, () => expectShown(ctx, eid, 'two'));
  });

  test.each(['a pipe', 'a link', 'a folder'])(
    'is not touched where %s has the place of its mark',
    async (what) => {
      const ctx = await testContext(database);
      const { uuid } = await newExperiment(ctx);
      const { experimentsDir } = ctx.config;
      const victim = join(await temporaryFolder(), 'victim');
      await writeFile(victim, 'precious');
      const mark = join(experimentsDir, FOLDER_MARK);
      if (what === 'a pipe') execFileSync('mkfifo', [mark]);
      else if (what === 'a link') await symlink(victim, mark);
      else await mkdir(mark);
      await claimFolder(ctx, ctx.storage);
      await ctx.storage.databases.add(await databaseId(ctx));
      await put(ctx, uuid, 'data.csv', 'one');
      await readableFoldersAtRest(ctx.db);
      expect(await ctx.storage.databases.whyNotShownIn(experimentsDir)).toContain('is not the folder');
      expect(await readdir(experimentsDir)).toEqual([FOLDER_MARK]);
      expect(await readFile(victim, 'utf8')).toBe('precious');
    },
  );

  test('of an earlier version is known by the files that it shows', async () => {
    const ctx = await started(await testContext(database));
    const { experimentsDir } = ctx.config;
    const { uuid } = await newExperiment(ctx);
    await rm(join(experimentsDir, FOLDER_MARK));
    // Where there are no files, nothing can be mistaken.
    await claimFolder(ctx, ctx.storage);
    expect(await ctx.storage.databases.whyNotShownIn(experimentsDir)).toBeUndefined();
    await put(ctx, uuid, 'data.csv', 'one');
    await rm(join(experimentsDir, FOLDER_MARK));
    await claimFolder(ctx, ctx.storage);
    expect(await ctx.storage.databases.whyNotShownIn(experimentsDir)).toBeUndefined();

    await rm(experimentsDir, { recursive: true });
    await mkdir(experimentsDir);
    await claimFolder(ctx, ctx.storage);
    expect(await ctx.storage.databases.whyNotShownIn(experimentsDir)).toContain(
      'not the folder that showed the files',
    );
  });
});

/** As each start does; it is over when the work that is given is. */
async function started(ctx: Installation, work?: () => Promise<void>): Promise<Installation> {
  const stopping = new AbortController();
  const recovery = recoverFiles(ctx, ctx.storage, stopping.signal);
  await expect.poll(async () => (await ctx.storage.databases.ids()).size).toBe(1);
  await work?.();
  stopping.abort();
  await recovery;
  return ctx;
}

async function expectShown(ctx: Context, eid: string, text: string): Promise<void> {
  const folder = join(ctx.config.experimentsDir, eid);
  await expect.poll(() => contents(folder), { timeout: 10_000 }).toEqual({ 'data.csv': text });
}

function newExperiment(ctx: Context) {
  return createExperiment(ctx, { title: 'x', description: '', tags: [] });
}

async function put(ctx: Context, uuid: string, name: string, text: string): Promise<void> {
  const object = await ctx.storage.put(Readable.from([Buffer.from(text)]));
  await uploadFile(ctx, { uuid, name, object });
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder).catch(() => []);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}
