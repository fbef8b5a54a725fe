import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { prepare } from '../testing/prepare.ts';
import { allPythons, writeRequirements } from '../testing/python-packages.ts';
import { canRun } from './can-run.ts';
import { whileFolderStays } from './while-folder-stays.ts';

const hasNpm = await canRun('npm');
const hasPython = (await allPythons()).length > 0;
if (!hasNpm || !hasPython)
  console.log(
    'That folders go away during builds is tested with both npm and Python only where they are there.',
  );

let folder = '';
let elsewhere = '';
beforeEach(async () => {
  folder = join(await temporaryFolder(), 'fit');
  elsewhere = join(dirname(folder), 'elsewhere');
  await mkdir(folder);
  vi.stubEnv('npm_config_cache', join(dirname(folder), 'cache'));
  vi.stubEnv('npm_config_offline', 'true');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const ways: [how: string, goAway: () => Promise<void>][] = [
  ['renamed', () => rename(folder, elsewhere)],
  ['removed', () => rm(folder, { recursive: true })],
  ['replaced', () => rename(folder, elsewhere).then(() => mkdir(folder))],
];

describe.skipIf(!hasNpm)('a folder that is', { timeout: 120_000 }, () => {
  test.each(ways)('%s while npm fills it is named in words', async (_, goAway) => {
    await dependOnPackage();
    await expect(prepare(folder, '$node -v', goAway)).rejects.toMatchObject(hasGone());
  });

  test('moved away and back is built then', async () => {
    await dependOnPackage();
    await expect(prepare(folder, '$node -v', () => rename(folder, elsewhere))).rejects.toThrow();
    await rename(elsewhere, folder);
    expect((await prepare(folder, '$node -v')).packages).toEqual(['dep==1.0.0']);
  });
});

describe.skipIf(!hasPython)('a folder that is', { timeout: 240_000 }, () => {
  test.each(ways)('%s while Python is put into it is named in words', async (_, goAway) => {
    await writeRequirements(folder);
    await expect(prepare(folder, '"$python"', goAway)).rejects.toMatchObject(hasGone());
  });

  test('renamed while the task waits for another is named in words', async () => {
    const lock = new Sqlite(join(folder, '.aqueduct-extension-venv.lock'));
    lock.exec('begin exclusive');
    const waiting = prepare(folder, '"$python"').catch((error: unknown) => error);
    await sleep(500);
    await rename(folder, elsewhere);
    expect(await waiting).toMatchObject(hasGone());
    lock.close();
  });

  test('not there when the building begins is named in words', async () => {
    await rename(folder, elsewhere);
    await expect(prepare(folder, '"$python"')).rejects.toMatchObject(hasGone());
  });

  test('cleaned meanwhile is named in words', async () => {
    const clean = async () => {
      for (const name of await readdir(folder))
        if (!name.endsWith('.lock')) await rm(join(folder, name), { recursive: true });
    };
    await expect(prepare(folder, '"$python"', clean)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: `Something in the folder of this extension, ${folder}, was removed while its environment was prepared. Submit the task again once all is there.`,
    });
  });
});

test('the empty folder is removed that pip and npm make where one was renamed; one with files is left', async () => {
  const build = async () => {
    await rename(folder, elsewhere);
    // As they do, in the middle of their work.
    await mkdir(join(folder, 'half', 'lib'), { recursive: true });
    await rm(join(folder, 'half'), { recursive: true });
    throw new Error('no marker');
  };
  await expect(whileFolderStays(folder, tools(), build)).rejects.toMatchObject(hasGone());
  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' });

  await rename(elsewhere, folder);
  const replace = async () => {
    await rename(folder, elsewhere);
    await mkdir(folder);
    await writeFile(join(folder, 'manifest.yml'), 'name: Other');
    throw new Error('no marker');
  };
  await expect(whileFolderStays(folder, tools(), replace)).rejects.toMatchObject(hasGone());
  expect(await readdir(folder)).toEqual(['manifest.yml']);
});

test('other failures stay as they are, and so does that of a task that is cancelled', async () => {
  const failure = new Error('something else');
  const fail = () => Promise.reject(failure);
  await expect(whileFolderStays(folder, tools(), fail)).rejects.toBe(failure);
  const goAway = () => rename(folder, elsewhere).then(fail);
  await expect(whileFolderStays(folder, tools(AbortSignal.abort()), goAway)).rejects.toBe(failure);
});

function tools(signal = new AbortController().signal) {
  return { signal, print: () => undefined, run: () => Promise.resolve(0) };
}

function hasGone() {
  return {
    name: 'AqueductError',
    code: 'UNAVAILABLE',
    message: `The folder of this extension, ${folder}, was renamed, removed or replaced while its environment was prepared. Submit the task again once all is there.`,
  };
}

async function dependOnPackage(): Promise<void> {
  await mkdir(join(folder, 'dep'));
  await writeFile(join(folder, 'dep', 'package.json'), '{"name": "dep", "version": "1.0.0"}');
  await writeFile(join(folder, 'package.json'), '{"dependencies": {"dep": "file:./dep"}}');
}
