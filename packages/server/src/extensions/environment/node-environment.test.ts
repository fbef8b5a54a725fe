import { execFile } from 'node:child_process';
import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { prepare } from '../testing/prepare.ts';
import { canRun } from './can-run.ts';

const execute = promisify(execFile);
const hasNpm = await canRun('npm');
if (!hasNpm) console.log('npm dependencies of extensions are not tested: there is no npm on the path.');

let folder = '';
beforeEach(async () => {
  folder = join(await temporaryFolder(), `the lab's tools`);
  await mkdir(folder);
});

test('runs TypeScript with the Node of the server, and with the client of the server', async () => {
  await add(
    'fit.mts',
    `import { API } from '@aqueduct/client';\nconst url: string = new API('http://x:1').url;\nconsole.log(url);`,
  );
  await add('old.cjs', `console.log(typeof require('@aqueduct/client').API);`);
  const { script, interpreter, packages } = await prepare(
    folder,
    '$node fit.mts && "$node" old.cjs && $node -v',
  );
  expect([interpreter, packages]).toEqual([`Node ${process.versions.node}`, []]);
  expect(await run(script)).toEqual({
    stdout: `http://x:1\nfunction\n${process.version}\n`,
    stderr: '',
  });
  expect((await readdir(folder)).sort()).toEqual(['fit.mts', 'old.cjs']);
});

test('a client that the extension brings itself comes first', async () => {
  await mkdir(join(folder, 'node_modules', '@aqueduct', 'client'), { recursive: true });
  await add('node_modules/@aqueduct/client/index.js', `exports.API = 'its own';`);
  await add('fit.mjs', `import { API } from '@aqueduct/client';\nconsole.log(API);`);
  expect((await run((await prepare(folder, '$node fit.mjs')).script)).stdout).toBe('its own\n');
});

describe.skipIf(!hasNpm)('what package.json depends on', { timeout: 240_000 }, () => {
  test('is installed once by npm, and anew when it changes', async () => {
    await addPackage('dep', '1.0.0');
    await add('package.json', JSON.stringify({ dependencies: { dep: 'file:./dep' } }));
    await add('fit.mjs', `import { value } from 'dep';\nconsole.log(value);`);
    const all = await Promise.all(Array.from({ length: 4 }, () => prepare(folder, '$node fit.mjs')));
    expect(all.filter(({ log }) => log.includes('Installing'))).toHaveLength(1);
    expect(all[3]?.packages).toEqual(['dep==1.0.0']);
    expect((await run(all[0]?.script ?? '')).stdout).toBe('1.0.0\n');
    expect((await prepare(folder, '$node fit.mjs')).log).toBe('');
    await expect(access(join(folder, 'package-lock.json'))).rejects.toMatchObject({ code: 'ENOENT' });

    await addPackage('dep', '2.0.0');
    await execute('npm', ['install', '--package-lock-only', '--offline'], { cwd: folder });
    const { log, packages } = await prepare(folder, '$node fit.mjs');
    expect([log.split('\n')[0], packages]).toEqual([
      'Installing what the package.json of this extension names …',
      ['dep==2.0.0'],
    ]);
  });

  test('and can not be installed is told in words, until it is mended', async () => {
    await add('package.json', JSON.stringify({ dependencies: { absent: 'file:./absent.tgz' } }));
    await expect(prepare(folder, '$node -v')).rejects.toThrow(
      /"npm install --no-package-lock" ended with \d+, and/,
    );
    await expect(prepare(folder, '$node -v')).rejects.toMatchObject({
      log: expect.stringContaining('ENOENT'),
    });
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringMatching(/\.log/)]));
    await add('package.json', '{}');
    expect((await prepare(folder, '$node -v')).packages).toEqual([]);
  });

  test('and is not needed by a script that calls no Node', async () => {
    await add('package.json', 'no JSON');
    expect((await prepare(folder, 'node -v')).script).toBe('node -v');
    await expect(prepare(folder, '$node -v')).rejects.toThrow(
      'The package.json of this extension is no JSON.',
    );
  });

  test('needs npm', async () => {
    await add('package.json', JSON.stringify({ dependencies: { dep: 'file:./dep' } }));
    const { PATH } = process.env;
    process.env.PATH = '/nowhere';
    await expect(prepare(folder, '$node -v').finally(() => (process.env.PATH = PATH))).rejects.toThrow(
      'there is no npm on the PATH of the server',
    );
  });
});

async function add(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text);
}

async function addPackage(name: string, version: string): Promise<void> {
  await rm(join(folder, name), { recursive: true, force: true });
  await mkdir(join(folder, name));
  await add(join(name, 'package.json'), JSON.stringify({ name, version, type: 'module', main: 'index.js' }));
  await add(join(name, 'index.js'), `export const value = '${version}';`);
}

async function run(script: string): Promise<{ stdout: string; stderr: string }> {
  return execute('sh', ['-c', script], { cwd: folder });
}
