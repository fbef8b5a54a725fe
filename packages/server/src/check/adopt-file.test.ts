import { link, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { deleteFiles } from '../files/delete-files.ts';
import { findFiles } from '../files/find-files.ts';
import { encodedName } from '../files/readable-name.ts';
import type { Storage } from '../platform/storage/storage.ts';
import { anotherRequest, testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { adoptFile } from './adopt-file.ts';
import { Asides } from './asides.ts';
import { recordedIn } from './check.queries.ts';
import {
  anHourLater,
  check,
  findings,
  newExperiment,
  put,
  replaceByHand,
  sha256,
  type TestInstallation,
} from './testing/installation.ts';

describe.each(databases)('the bytes of the record, on %s', (database) => {
  test('stay where a file was uploaded or deleted while it was taken in, up to the last moment', async () => {
    const ctx = await testContext(database);
    const experiment = await newExperiment(ctx);
    const folder = join(ctx.config.experimentsDir, experiment.eid);
    for (const name of ['deleted', 'edited']) {
      await put(ctx, experiment.uuid, name, 'recorded');
      await replaceByHand(join(folder, name), 'by hand');
    }
    await writeFile(join(folder, 'new'), 'by hand');
    const others: Record<string, () => Promise<unknown>> = {
      deleted: () => deleteFiles(ctx, experiment.uuid, ['deleted']),
      edited: () => put(ctx, experiment.uuid, 'edited', 'uploaded'),
      new: () => put(ctx, experiment.uuid, 'new', 'uploaded'),
    };
    for (const [name, doOther] of Object.entries(others)) {
      const adopter: Context = {
        ...ctx,
        async write(work) {
          await doOther();
          return ctx.write(work);
        },
      };
      const current = (await ctx.db.all(recordedIn, { eids: [experiment.eid] })).find(
        (file) => file.name === name,
      );
      const { id: experimentId, uuid, eid } = experiment;
      const file = { path: join(folder, name), eid, uuid, experimentId, name, current };
      expect(await adoptFile(adopter, file, new Asides(() => undefined))).toEqual({
        refused: 'a file of this name was uploaded meanwhile. Run this again.',
      });
      expect(await readFile(join(folder, name), 'utf8')).toBe('by hand');
    }
    expect(await filesOf(ctx, experiment)).toMatchObject([
      { name: 'edited', sha256: sha256('uploaded') },
      { name: 'new', sha256: sha256('uploaded') },
    ]);
  });

  test('are not there, and the file stays, where they were removed before they were recorded', async () => {
    const ctx = await testContext(database);
    const experiment = await newExperiment(ctx);
    const { id: experimentId, uuid, eid } = experiment;
    const path = join(ctx.config.experimentsDir, eid, 'raw.dat');
    await mkdir(dirname(path));
    await writeFile(path, 'the only copy');
    // As a server of an earlier version does that starts while this is suspended.
    const adopter: Context = {
      ...ctx,
      async write(work) {
        for await (const { key } of ctx.storage.list()) await ctx.storage.remove(key);
        return ctx.write(work);
      },
    };
    const file = { path, eid, uuid, experimentId, name: 'raw.dat', current: undefined };
    expect(await adoptFile(adopter, file, new Asides(() => undefined))).toEqual({
      failed: 'its bytes are gone from the storage. Run this again.',
    });
    expect(await readFile(path, 'utf8')).toBe('the only copy');
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([`adopted ${eid}/raw.dat`]);
    expect(await check(anHourLater(ctx))).toEqual([]);
  });

  test('are not those of a file that is changed meanwhile, which is said also where they can not be removed', async () => {
    const ctx = await testContext(database);
    const experiment = await newExperiment(ctx);
    const { id: experimentId, uuid, eid } = experiment;
    const path = join(ctx.config.experimentsDir, eid, 'raw.dat');
    await mkdir(dirname(path));
    await writeFile(path, 'half');
    const objects = join(ctx.config.dataDir, 'objects');
    const storage: Storage = new Proxy(ctx.storage, {
      get(target, name) {
        if (name !== 'put') return Reflect.get(target, name).bind(target);
        return async (source: AsyncIterable<Uint8Array>) => {
          const object = await target.put(source);
          await writeFile(path, 'whole');
          // As where its disk goes.
          await rename(objects, `${objects}.away`);
          return object;
        };
      },
    });
    const file = { path, eid, uuid, experimentId, name: 'raw.dat', current: undefined };
    expect(await adoptFile({ ...ctx, storage }, file, new Asides(() => undefined))).toEqual({
      refused: 'it was changed while it was read. Run this again when it is complete.',
    });
  });

  test('stay where the readable name of a file shows another one', async () => {
    const ctx = await testContext(database);
    const experiment = await newExperiment(ctx);
    const { eid, uuid } = experiment;
    const folder = join(ctx.config.experimentsDir, eid);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'a.txt'), 'by hand');
    const encoded = encodedName('a.txt');
    for (const name of ['a.txt', encoded]) await put(ctx, uuid, name, name);
    expect(await readFile(join(folder, encoded), 'utf8')).toBe('a.txt');
    // So that it is newer than the other.
    await link(join(folder, encoded), join(ctx.config.dataDir, 'link'));
    const found = await findings(anHourLater(ctx), { adopter: ctx });
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      `by-hand ${eid}/a.txt`,
      `readable ${eid}/${encoded}`,
    ]);
    expect(found[1]?.text).toContain('shows a.txt');
    expect(await filesOf(ctx, experiment)).toMatchObject([
      { name: 'a.txt', sha256: sha256('a.txt') },
      { name: encoded, sha256: sha256(encoded) },
    ]);
  });
});

function filesOf(ctx: TestInstallation, experiment: Awaited<ReturnType<typeof newExperiment>>) {
  // Lists are kept by the revision.
  return findFiles(anotherRequest(ctx), { ...experiment, revision: -1 });
}
