import { appendFile, lstat, mkdir, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFiles } from '../files/find-files.ts';
import { encodedName } from '../files/readable-name.ts';
import { anotherRequest, testContext } from '../testing/test-context.ts';
import { databases, temporaryFolder } from '../testing/test-database.ts';
import { putAside } from './put-aside.ts';
import {
  anHourLater,
  check,
  findings,
  newExperiment,
  objectsOf,
  put,
  replaceByHand,
  sha256,
  type TestInstallation,
} from './testing/installation.ts';
import { whyNotAdopted } from './why-not-adopted.ts';

describe.each(databases)('check --adopt, on %s', (database) => {
  test('takes in what was put into a folder by hand, as an upload would', async () => {
    const ctx = await testContext(database);
    const experiment = await newExperiment(ctx);
    const folder = join(ctx.config.experimentsDir, experiment.eid);
    await mkdir(folder, { recursive: true });
    for (const name of ['data.csv', 'größe.json', 'empty']) await writeFile(join(folder, name), text(name));
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual(
      ['data.csv', 'empty', 'größe.json'].map((name) => `adopted ${experiment.eid}/${name}`),
    );
    expect(await filesOf(ctx, experiment)).toMatchObject([
      { name: 'data.csv', size: 8, sha256: sha256('data.csv'), mediaType: 'text/csv', createdBy: 'admin' },
      { name: 'empty', size: 0, sha256: sha256(''), mediaType: 'application/octet-stream' },
      { name: 'größe.json', size: 12, sha256: sha256('größe.json'), mediaType: 'application/json' },
    ]);
    // Nothing is left to do: the names show the stored bytes, and nothing else lies there.
    expect(await readdir(folder)).toEqual(['data.csv', 'empty', 'größe.json']);
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([]);
  });

  test('takes in what was edited as a new version, and no version that is older', async () => {
    const ctx = await testContext(database);
    const experiment = await newExperiment(ctx);
    const { eid, uuid } = experiment;
    const folder = join(ctx.config.experimentsDir, eid);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'first by hand'), 'by hand');
    for (const name of ['edited', 'a.txt', 'A.txt', 'first by hand']) await put(ctx, uuid, name, name);
    const encoded = encodedName('A.txt');
    await replaceByHand(join(folder, 'edited'), 'edited by hand');
    await replaceByHand(join(folder, encoded), 'A by hand');
    const found = await findings(anHourLater(ctx), { adopter: ctx });
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      `adopted ${eid}/${encoded}`,
      `adopted ${eid}/edited`,
      `by-hand ${eid}/first by hand`,
    ]);
    expect(found[2]?.text).toContain('Rename it');
    expect(await filesOf(ctx, experiment)).toMatchObject([
      { name: 'A.txt', sha256: sha256('A by hand') },
      { name: 'a.txt', sha256: sha256('a.txt') },
      { name: 'edited', sha256: sha256('edited by hand') },
      { name: 'first by hand', sha256: sha256('first by hand') },
    ]);
    expect(await readFile(join(folder, 'first by hand'), 'utf8')).toBe('by hand');
    const names = ['a.txt', encoded, 'edited', 'first by hand', encodedName('first by hand')];
    expect((await readdir(folder)).toSorted()).toEqual(names.toSorted());
  });

  test('a name that a disk would fold is taken in under its own, and shown under the encoded one', async () => {
    const ctx = await testContext(database);
    const experiment = await newExperiment(ctx);
    const folder = join(ctx.config.experimentsDir, experiment.eid);
    await put(ctx, experiment.uuid, 'a.txt', 'a');
    await writeFile(join(folder, 'A.txt'), 'A');
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([`adopted ${experiment.eid}/A.txt`]);
    expect((await filesOf(ctx, experiment)).map(({ name }) => name)).toEqual(['A.txt', 'a.txt']);
    expect((await readdir(folder)).toSorted()).toEqual([encodedName('A.txt'), 'a.txt'].toSorted());
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([]);
  });

  test('makes copies one with the record, and mends what is missing from them', async () => {
    const ctx = await testContext(database);
    const experiment = await newExperiment(ctx);
    const { eid, uuid } = experiment;
    const folder = join(ctx.config.experimentsDir, eid);
    for (const name of ['copied', 'lost']) await put(ctx, uuid, name, name);
    const before = await objectsOf(ctx, eid);
    await replaceByHand(join(folder, 'copied'), 'copied');
    await rm(before.get('lost') ?? '');
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([
      `adopted ${eid}/copied`,
      `adopted ${eid}/lost`,
    ]);
    const after = await objectsOf(ctx, eid);
    expect(after.get('copied')).toBe(before.get('copied'));
    expect((await lstat(join(folder, 'copied'))).ino).toBe((await lstat(after.get('copied') ?? '')).ino);
    expect(after.get('lost')).not.toBe(before.get('lost'));
    expect(await check(ctx)).toEqual([]);
  });

  test('leaves alone what is being written, and what is no file', async () => {
    const ctx = await testContext(database);
    const { eid } = await newExperiment(ctx);
    const folder = join(ctx.config.experimentsDir, eid);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'growing'), '');
    const outside = join(await temporaryFolder(), 'secret');
    await writeFile(outside, 'secret');
    await symlink(outside, join(folder, 'link'));
    let size = 0;
    const writer = setInterval(
      () => void appendFile(join(folder, 'growing'), 'x').then(() => (size += 1)),
      50,
    );
    const found = await findings(anHourLater(ctx), { adopter: ctx }).finally(() => clearInterval(writer));
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      `by-hand ${eid}/growing`,
      `by-hand ${eid}/link`,
    ]);
    expect(found[0]?.text).toContain('was changed while it was read');
    await expect.poll(async () => (await lstat(join(folder, 'growing'))).size).toBeGreaterThanOrEqual(size);
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([
      `adopted ${eid}/growing`,
      `by-hand ${eid}/link`,
    ]);
  });

  test('finishes what an interrupted one had begun', async () => {
    const ctx = await testContext(database);
    const { eid, uuid } = await newExperiment(ctx);
    const folder = join(ctx.config.experimentsDir, eid);
    await put(ctx, uuid, 'data.csv', 'data');
    await rm(join(folder, 'data.csv'));
    await writeFile(join(folder, '.aqueduct-adopted-1'), 'data');
    await writeFile(join(folder, '.aqueduct-adopted-2'), 'other data');
    expect(await check(anHourLater(ctx), { adopter: ctx })).toContain(`adopted ${eid}/.aqueduct-adopted-1`);
    // What the record does not have is never removed.
    expect((await readdir(folder)).toSorted()).toEqual(['.aqueduct-adopted-2', 'data.csv']);
    expect(await check(ctx)).toEqual([`by-hand ${eid}/.aqueduct-adopted-2`]);
  });
});

describe('a file that is put aside', () => {
  test('goes when its name shows the object', async () => {
    const path = await handPut('as it was');
    const recorded = await lstat(path, { bigint: true });
    expect(await putAside(path, recorded, () => writeFile(path, 'object'))).toBeUndefined();
    expect(await contents(path)).toEqual({ 'data.csv': 'object' });
  });

  test('comes back when it was another one by then', async () => {
    const path = await handPut('as it was');
    const recorded = await lstat(path, { bigint: true });
    await replaceByHand(path, 'replaced in the last moment');
    expect(await putAside(path, recorded, () => Promise.reject(new Error('not shown')))).toBe(path);
    expect(await contents(path)).toEqual({ 'data.csv': 'replaced in the last moment' });
  });

  test('stays when a program that had it open went on writing', async () => {
    const path = await handPut('as it was');
    const recorded = await lstat(path, { bigint: true });
    const program = await open(path, 'a');
    const aside = await putAside(path, recorded, async () => {
      await program.write(', and more');
      await writeFile(path, 'object');
    });
    await program.close();
    expect(await readFile(aside ?? '', 'utf8')).toBe('as it was, and more');
    expect(await readFile(path, 'utf8')).toBe('object');
  });
});

test.each([
  ['data.csv', undefined],
  ['data~3f2a91bc.csv', undefined],
  ['.data.csv.swp', 'hidden'],
  ['data.csv~', 'hidden'],
  ['~$report.docx', 'hidden'],
  ['#data#', 'hidden'],
  ['Thumbs.db', 'hidden'],
  ['data.csv.part', 'hidden'],
  ['a:b', 'every system'],
  ['con.txt', 'every system'],
  ['line\nbreak', 'every system'],
  ['x'.repeat(256), 'every system'],
])('%j can be taken in, or is left alone with a reason', async (name, reason) => {
  const file = { isFile: () => true, isDirectory: () => false, isSymbolicLink: () => false };
  if (reason === undefined) expect(whyNotAdopted(name, file)).toBeUndefined();
  else expect(whyNotAdopted(name, file)).toContain(reason);
});

function text(name: string): string {
  return name === 'empty' ? '' : name;
}

function filesOf(ctx: TestInstallation, experiment: Awaited<ReturnType<typeof newExperiment>>) {
  // Lists are kept by the revision.
  return findFiles(anotherRequest(ctx), { ...experiment, revision: -1 });
}

async function handPut(bytes: string): Promise<string> {
  const path = join(await temporaryFolder(), 'data.csv');
  await writeFile(path, bytes);
  return path;
}

async function contents(path: string): Promise<Record<string, string>> {
  const folder = join(path, '..');
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}
