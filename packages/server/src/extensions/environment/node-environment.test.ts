import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, lstat, mkdir, readdir, readFile, readlink, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { prepare } from '../testing/prepare.ts';
import { canRun } from './can-run.ts';
import { MARKER } from './environment-marker.ts';

const execute = promisify(execFile);
const hasNpm = await canRun('npm');
if (!hasNpm) console.log('npm dependencies of extensions are not tested: there is no npm on the path.');

let folder = '';
let cache = '';
beforeEach(async () => {
  const place = await temporaryFolder();
  folder = join(place, `the lab's tools`);
  cache = join(place, 'cache');
  await mkdir(folder);
  vi.stubEnv('npm_config_cache', cache);
  vi.stubEnv('npm_config_offline', 'true');
});
afterEach(() => {
  vi.unstubAllEnvs();
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

  test('and is for other systems only is no reason not to run', async () => {
    await mkdir(join(folder, 'other'));
    await add('other/package.json', JSON.stringify({ name: 'other', version: '1.0.0', os: ['none'] }));
    await add('package.json', JSON.stringify({ optionalDependencies: { other: 'file:./other' } }));
    const { script, packages } = await prepare(folder, '$node -p 1');
    expect((await run(script)).stdout).toBe('1\n');
    expect(packages).toEqual([]);
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

  test('is installed as it is named when that begins, and not at all where that changes meanwhile', async () => {
    await addPackage('dep', '1.0.0');
    await addPackage('other', '1.0.0');
    const dependOn = (name: string) =>
      add('package.json', JSON.stringify({ dependencies: { [name]: `file:./${name}` } }));
    await dependOn('dep');
    const lock = new Sqlite(join(folder, '.aqueduct-extension-venv.lock'));
    lock.exec('begin exclusive');
    const waiting = prepare(folder, '$node -v');
    await sleep(500);
    await dependOn('other');
    lock.close();
    expect((await waiting).packages).toEqual(['other==1.0.0']);

    const before = await environments();
    await addPackage('third', '1.0.0');
    await dependOn('third');
    await expect(prepare(folder, '$node -v', () => dependOn('dep'))).rejects.toThrow(
      'was changed while its environment was built; run the action again.',
    );
    expect(await environments()).toEqual(before);
    expect((await prepare(folder, '$node -v')).packages).toEqual(['dep==1.0.0']);
  });

  test('stays as it was for a task that runs, whatever becomes of it, and is kept for a week', async () => {
    await addPackage('dep', '1.0.0');
    await add('dep/late.js', `export const late = 'late';`);
    await lockPacked('dep', '1.0.0');
    await add(
      'fit.mjs',
      `import { value, later } from 'dep';
      process.stdout.write(value);
      process.stdin.once('data', async () => process.stdout.write((await later()).late)).once('end', () => process.exit());`,
    );
    const { script } = await prepare(folder, 'exec $node fit.mjs');
    const before = await readlink(join(folder, 'node_modules'));
    const task = spawn('sh', ['-c', script], { cwd: folder });
    expect(String(await once(task.stdout, 'data'))).toBe('1.0.0');

    await addPackage('dep', '2.0.0');
    await lockPacked('dep', '2.0.0');
    for (const path of [cache, join(folder, 'dep-2.0.0.tgz')]) await rm(path, { recursive: true });
    await expect(prepare(folder, '$node fit.mjs')).rejects.toThrow(/"npm ci" ended with \d+, and/);
    expect(await readlink(join(folder, 'node_modules'))).toBe(before);
    expect(await environments()).toEqual([dirname(before)]);
    await pack('dep');
    expect((await prepare(folder, '$node fit.mjs')).packages).toEqual(['dep==2.0.0']);
    const after = await readlink(join(folder, 'node_modules'));
    expect(await environments()).toEqual([before, after].map(dirname).toSorted());
    task.stdin.end('go on');
    expect(String(await once(task.stdout, 'data'))).toBe('late');

    const longAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    await utimes(join(folder, dirname(before), MARKER), longAgo, longAgo);
    await addPackage('dep', '3.0.0');
    await lockPacked('dep', '3.0.0');
    await prepare(folder, '$node fit.mjs');
    expect(await environments()).toEqual(expect.not.arrayContaining([dirname(before)]));
    expect(await environments()).toHaveLength(2);
  });

  test('and was installed with an earlier Node of the same kind runs in the one of now, which the record names', async () => {
    await addPackage('dep', '1.0.0');
    await add('package.json', JSON.stringify({ dependencies: { dep: 'file:./dep' } }));
    await prepare(folder, '$node -v');
    const marker = join(folder, dirname(await readlink(join(folder, 'node_modules'))), MARKER);
    const text = await readFile(marker, 'utf8');
    await writeFile(marker, text.replace(process.versions.node, '24.1.0'));
    const { interpreter, packages, log } = await prepare(folder, '$node -v');
    expect([interpreter, packages, log]).toEqual([`Node ${process.versions.node}`, ['dep==1.0.0'], '']);
  });

  test('and was installed on another machine is installed anew; where none is named it is taken', async () => {
    await addPackage('dep', '1.0.0');
    await add('package.json', JSON.stringify({ dependencies: { dep: 'file:./dep' } }));
    await prepare(folder, '$node -v');
    const marker = join(folder, dirname(await readlink(join(folder, 'node_modules'))), MARKER);
    const { machine, ...others } = JSON.parse(await readFile(marker, 'utf8'));
    expect(machine).toMatch(new RegExp(`^${process.platform}-${process.arch}`));
    await writeFile(marker, JSON.stringify(others));
    expect((await prepare(folder, '$node -v')).log).toBe('');
    await writeFile(marker, JSON.stringify({ ...others, machine: 'linux-riscv64-musl' }));
    expect((await prepare(folder, '$node -v')).log).toContain('Installing');
    expect((await prepare(folder, '$node -v')).log).toBe('');
  });

  test('is installed anew where its folder was removed', async () => {
    await addPackage('dep', '1.0.0');
    await add('package.json', JSON.stringify({ dependencies: { dep: 'file:./dep' } }));
    await prepare(folder, '$node -v');
    const modules = join(folder, 'node_modules');
    const before = await readlink(modules);
    await rm(modules);
    expect((await prepare(folder, '$node -v')).log).toContain('Installing');
    expect(await readlink(modules)).not.toBe(before);
    await rm(join(folder, dirname(await readlink(modules))), { recursive: true });
    expect((await prepare(folder, '$node -v')).log).toContain('Installing');
  });

  test('and lies in the folder already stays there', async () => {
    await mkdir(join(folder, 'node_modules'));
    await addPackage('node_modules/own', '1.0.0');
    await add('package.json', JSON.stringify({ dependencies: { own: '^1.0.0' } }));
    await add('fit.mjs', `import { value } from 'own';\nconsole.log(value);`);
    const { script, packages } = await prepare(folder, '$node fit.mjs');
    expect((await run(script)).stdout).toBe('1.0.0\n');
    expect(packages).toEqual(['own==1.0.0']);
    expect((await prepare(folder, '$node fit.mjs')).log).toBe('');
    expect((await lstat(join(folder, 'node_modules'))).isDirectory()).toBe(true);
  });

  test.each<[tie: string, manifest: object]>([
    ['a script', { scripts: { postinstall: 'echo done > installed' }, dependencies: { dep: 'file:./dep' } }],
    ['a workspace', { workspaces: ['dep'], dependencies: { dep: '1.0.0' } }],
    ['a workspace that it does not name again', { workspaces: ['dep'] }],
    ['a package beside it', { dependencies: { dep: `file:../the lab's tools/dep` } }],
  ])('and is tied to the folder by %s is installed there', async (tie, manifest) => {
    await addPackage('dep', '1.0.0');
    await add('package.json', JSON.stringify({ dependencies: { dep: 'file:./dep' } }));
    await prepare(folder, '$node -v');
    await add('package.json', JSON.stringify(manifest));
    await add('fit.mjs', `import { value } from 'dep';\nconsole.log(value);`);
    const { script } = await prepare(folder, '$node fit.mjs');
    expect((await run(script)).stdout).toBe('1.0.0\n');
    expect((await lstat(join(folder, 'node_modules'))).isDirectory()).toBe(true);
    expect((await readdir(folder)).includes('installed')).toBe(tie === 'a script');
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
  const code = `export const value = '${version}';\nexport const later = () => import('./late.js');`;
  await add(join(name, 'index.js'), code);
}

/** Makes a package one file, as a registry has it. */
async function pack(name: string): Promise<void> {
  await execute('npm', ['pack', `./${name}`], { cwd: folder });
}

/** Makes a packed version what the extension depends on. */
async function lockPacked(name: string, version: string): Promise<void> {
  await pack(name);
  await add('package.json', JSON.stringify({ dependencies: { [name]: `file:./${name}-${version}.tgz` } }));
  await rm(join(folder, 'package-lock.json'), { force: true });
  await execute('npm', ['install', '--package-lock-only', '--offline'], { cwd: folder });
}

async function environments(): Promise<string[]> {
  return (await readdir(folder))
    .filter((name) => name.startsWith('.aqueduct-extension-venv.node-'))
    .toSorted();
}

async function run(script: string): Promise<{ stdout: string; stderr: string }> {
  return execute('sh', ['-c', script], { cwd: folder });
}
