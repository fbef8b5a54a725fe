import {
  appendFile,
  chmod,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFiles } from '../files/find-files.ts';
import { encodedName } from '../files/readable-name.ts';
import { anotherRequest, testContext } from '../testing/test-context.ts';
import { databases, temporaryFolder } from '../testing/test-database.ts';
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

const AN_HOUR_AGO = Date.now() / 1000 - 3600;

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

  test('takes in no former version whose record is gone, shown beside the current one or not', async () => {
    const ctx = await testContext(database);
    const experiment = await newExperiment(ctx);
    const { eid, uuid } = experiment;
    const folder = join(ctx.config.experimentsDir, eid);
    const names = ['beside', 'instead'];
    for (const name of names) await put(ctx, uuid, name, 'former');
    for (const name of names) await rename(join(folder, name), join(folder, `${name}.former`));
    for (const name of names) await put(ctx, uuid, name, 'current');
    // As where the folder was not there meanwhile.
    for (const name of names) await rename(join(folder, `${name}.former`), join(folder, name));
    const beside = (await objectsOf(ctx, eid)).get('beside') ?? '';
    await link(beside, join(folder, encodedName('beside')));
    const found = await findings(anHourLater(ctx), { adopter: ctx });
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(
      names.map((name) => `by-hand ${eid}/${name}`),
    );
    for (const { text } of found) expect(text).toContain('Rename it');
    for (const file of await filesOf(ctx, experiment)) expect(file.sha256).toBe(sha256('current'));
    // What somebody has put there since is newer, read-only or not.
    for (const name of names) await replaceByHand(join(folder, name), `new ${name}`);
    for (const name of names) await chmod(join(folder, name), 0o444);
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual(
      names.map((name) => `adopted ${eid}/${name}`),
    );
  });

  test('takes in no former version that was left under a second name', async () => {
    const ctx = await testContext(database);
    const { uuid, eid } = await newExperiment(ctx);
    await put(ctx, uuid, 'a.txt', 'current');
    const left = join(ctx.config.experimentsDir, eid, encodedName('a.txt'));
    await writeFile(left, 'former');
    await chmod(left, 0o444);
    for (const options of [{}, { adopter: ctx }]) {
      const [found] = await findings(anHourLater(ctx), options);
      expect(found).toMatchObject({ kind: 'by-hand', subject: `${eid}/${encodedName('a.txt')}` });
      expect(found?.text).toContain('a former version of a.txt');
    }
  });

  test('takes in no file of an experiment that had the EID before, unless somebody says that it belongs here', async () => {
    const ctx = await testContext(database);
    const before = join(ctx.config.experimentsDir, '20250301-1');
    await mkdir(before);
    for (const name of ['former', 'by hand']) {
      await writeFile(join(before, name), name);
      await utimes(join(before, name), AN_HOUR_AGO, AN_HOUR_AGO);
    }
    await chmod(join(before, 'former'), 0o444);
    const { eid } = await newExperiment(ctx);
    expect(eid).toBe('20250301-1');
    const [byHand, former] = await findings(anHourLater(ctx));
    expect(byHand?.text).toContain('`aqueduct check --adopt` takes it into the record');
    expect(former?.text).toContain('had this EID before');
    const found = await findings(anHourLater(ctx), { adopter: ctx });
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      `adopted ${eid}/by hand`,
      `by-hand ${eid}/former`,
    ]);
    expect(found[1]?.text).toContain('had this EID before');
    await replaceByHand(join(before, 'former'), 'former');
    await chmod(join(before, 'former'), 0o444);
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([`adopted ${eid}/former`]);
  });

  test('takes in what is read-only and was put there as soon as there was the experiment', async () => {
    const ctx = await testContext(database);
    const { eid } = await newExperiment(ctx);
    const folder = join(ctx.config.experimentsDir, eid);
    await mkdir(folder);
    await writeFile(join(folder, 'copy.csv'), 'copy', { mode: 0o444 });
    // The clock of a disk lags behind.
    const now = Date.now() / 1000 - 1;
    await utimes(join(folder, 'copy.csv'), now, now);
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([`adopted ${eid}/copy.csv`]);
  });

  test('takes nothing from another folder than the one that showed the files, and says so', async () => {
    const ctx = await testContext(database);
    const { eid, uuid } = await newExperiment(ctx);
    const { experimentsDir } = ctx.config;
    await put(ctx, uuid, 'data.csv', 'data');
    await ctx.storage.databases.add('this database');
    await writeFile(join(experimentsDir, eid, 'notes.txt'), 'by hand');
    const found = await findings(anHourLater(ctx), { adopter: ctx });
    expect(found).toMatchObject([{ kind: 'readable', subject: experimentsDir }]);
    expect(found[0]?.text).toContain('not the folder that showed the files so far');
    await writeFile(join(experimentsDir, '.aqueduct-folder'), 'this database\n');
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([`adopted ${eid}/notes.txt`]);
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

  test('leaves alone what a program has open for writing, and says who', async () => {
    const ctx = await testContext(database);
    const { eid, uuid } = await newExperiment(ctx);
    const folder = join(ctx.config.experimentsDir, eid);
    await put(ctx, uuid, 'edited', 'recorded');
    const names = ['edited', 'growing', 'read'];
    for (const name of names) await replaceByHand(join(folder, name), 'first row\n');
    const [edited, growing, reader] = await Promise.all([
      open(join(folder, 'edited'), 'r+'),
      open(join(folder, 'growing'), 'a'),
      open(join(folder, 'read'), 'r'),
    ]);
    const found = await findings(anHourLater(ctx), { adopter: ctx });
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      `adopted ${eid}/read`,
      `by-hand ${eid}/growing`,
      `edited ${eid}/edited`,
    ]);
    for (const { text } of found.slice(1))
      expect(text).toMatch(new RegExp(`process ${process.pid} \\(.+\\) has it open for writing`));
    // As it goes on, nothing of it is lost.
    await Promise.all([edited.write('other'), growing.write('second row\n')]);
    await Promise.all([edited.close(), growing.close(), reader.close()]);
    expect(await check(anHourLater(ctx), { adopter: ctx })).toEqual([
      `adopted ${eid}/edited`,
      `adopted ${eid}/growing`,
    ]);
    expect(await readFile(join(folder, 'edited'), 'utf8')).toBe('other row\n');
    expect(await readFile(join(folder, 'growing'), 'utf8')).toBe('first row\nsecond row\n');
  });

  test('follows no link in the place of the folder of an experiment, and says so', async () => {
    const ctx = await testContext(database);
    const { eid, uuid } = await newExperiment(ctx);
    const folder = join(ctx.config.experimentsDir, eid);
    await put(ctx, uuid, 'data.csv', 'data');
    const elsewhere = join(ctx.config.dataDir, 'elsewhere');
    await rename(folder, elsewhere);
    await symlink(elsewhere, folder);
    await writeFile(join(elsewhere, 'notes.txt'), 'by hand');
    const [link, ...others] = await findings(anHourLater(ctx), { adopter: ctx });
    expect(link).toMatchObject({ kind: 'by-hand', subject: eid, eid });
    expect(link?.text).toContain('a symbolic link in the place of the folder of this experiment');
    expect(others).toEqual([]);
    await replaceByHand(join(elsewhere, 'data.csv'), 'edited');
    const found = await findings(anHourLater(ctx), { adopter: ctx });
    expect(found).toMatchObject([{ kind: 'by-hand' }, { kind: 'edited', subject: `${eid}/data.csv` }]);
    expect(found[1]?.text).toContain('its folder is a symbolic link');
    expect((await readdir(elsewhere)).toSorted()).toEqual(['data.csv', 'notes.txt']);
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

  test('keeps what an interrupted one had put aside while that may be the only copy', async () => {
    const ctx = await testContext(database);
    const { eid, uuid } = await newExperiment(ctx);
    const folder = join(ctx.config.experimentsDir, eid);
    await put(ctx, uuid, 'data.csv', 'data');
    await rm(join(folder, 'data.csv'));
    await rm((await objectsOf(ctx, eid)).get('data.csv') ?? '');
    await writeFile(join(folder, '.aqueduct-adopted-1'), 'data');
    expect(await check(anHourLater(ctx), { adopter: ctx })).toContain(`by-hand ${eid}/.aqueduct-adopted-1`);
    expect(await readFile(join(folder, '.aqueduct-adopted-1'), 'utf8')).toBe('data');
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
