import { execFile } from 'node:child_process';
import {
  chmod,
  cp,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { satisfies } from '@renovatebot/pep440';
import Sqlite from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { prepare } from '../testing/prepare.ts';
import { addProject, addWheel, allPythons, writeRequirements } from '../testing/python-packages.ts';
import { canRun } from './can-run.ts';
import { MARKER } from './environment-marker.ts';

const execute = promisify(execFile);
const LINK = '.aqueduct-extension-venv';

const pythons = await allPythons();
const [newest] = pythons;
const old = pythons.find(({ version }) => satisfies(version, '<3.12'));
const later = pythons.findLast(({ version }) => satisfies(version, '>=3.12'));
const hasUv = await canRun('uv');
console.log(`Environments are built with ${hasUv ? 'uv' : 'venv and pip: there is no uv on the path'}.`);
if (!newest) console.log('Python environments are not tested: there is no Python on the path.');
if (!old || !later)
  console.log('The choice among Pythons is not tested: it needs one before 3.12 and a later one.');

let folder = '';
beforeEach(async () => {
  folder = join(await temporaryFolder(), `the lab's "tools"`);
  await mkdir(folder);
});

describe.skipIf(!newest)('a Python environment', { timeout: 240_000 }, () => {
  test('is built once for ten tasks of one moment, and then costs nothing', async () => {
    await addWheel(folder, { name: 'tiny', version: '1.0' });
    await writeRequirements(folder, 'tiny');
    const script = '$python -c "import tiny; print(tiny.version)"';
    const all = await Promise.all(Array.from({ length: 10 }, () => prepare(folder, script)));
    expect(all.filter(({ log }) => log.includes('Building the environment'))).toHaveLength(1);
    expect(new Set(all.map((each) => each.script)).size).toBe(1);
    expect(all[0]?.packages).toContain('tiny==1.0');
    expect(all[0]?.interpreter).toBe(`Python ${newest?.version}`);
    expect((await execute('sh', ['-c', all[0]?.script ?? ''])).stdout).toBe('1.0\n');
    expect(await readlink(join(folder, LINK))).toMatch(/^\.aqueduct-extension-venv-[\da-f]{12}$/);

    const start = performance.now();
    expect((await prepare(folder, script)).log).toBe('');
    const took = performance.now() - start;
    console.log(`an environment that is there: ${took.toFixed(1)} ms`);
    expect(took).toBeLessThan(1000);
  });

  test('is made anew when the requirements change or its interpreter has gone; the old one stays for a while', async () => {
    await addWheel(folder, { name: 'tiny', version: '1.0' });
    await addWheel(folder, { name: 'tiny', version: '2.0' });
    await writeRequirements(folder, 'tiny==1.0');
    const first = await prepare(folder, '"$python"');
    const before = await readlink(join(folder, LINK));
    await writeRequirements(folder, 'tiny==2.0');
    // Also for scripts that do not call it here.
    const second = await prepare(folder, 'true');
    const after = await readlink(join(folder, LINK));
    expect([first, second].map(({ packages }) => packages.at(-1))).toEqual(['tiny==1.0', 'tiny==2.0']);
    expect((await environments()).sort()).toEqual([before, after].sort());

    // Nobody has used the second one for long.
    const longAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    await utimes(join(folder, after, MARKER), longAgo, longAgo);
    await writeRequirements(folder, 'tiny==1.0');
    expect(await prepare(folder, '"$python"')).toEqual({ ...first, log: '' });
    expect(await environments()).toEqual([before]);

    await rm(join(folder, before, 'bin', 'python'));
    await symlink('/nowhere/python3', join(folder, before, 'bin', 'python'));
    const { script, log } = await prepare(folder, '$python -c "print(1)"');
    expect(log).toContain('Building');
    expect((await execute('sh', ['-c', script])).stdout).toBe('1\n');
  });

  test('is built anew where its folder was copied or moved to, and found again where that moves back', async () => {
    const one = join(dirname(folder), 'one');
    const two = join(dirname(folder), 'two');
    const moved = join(dirname(folder), 'moved');
    await mkdir(one);
    await addProject(one);
    await writeFile(join(one, 'fresh.py'), 'value = 1\n');
    const script = `$python -I -c "import fresh; print(fresh.value)" && ${LINK}/bin/pip --version`;
    const first = await prepare(one, script);
    await cp(one, two, { recursive: true, verbatimSymlinks: true });
    await writeFile(join(two, 'fresh.py'), 'value = 2\n');
    expect(await runIn(two, script)).toEqual({ value: '2', pipIsIn: two, isBuilt: true });
    expect(await runIn(two, script)).toEqual({ value: '2', pipIsIn: two, isBuilt: false });

    await rename(one, moved);
    expect(await runIn(moved, script)).toEqual({ value: '1', pipIsIn: moved, isBuilt: true });
    await rename(moved, one);
    expect(await prepare(one, script)).toEqual({ ...first, log: '' });
  });

  test('is one for a folder and links to it', async () => {
    const link = join(dirname(folder), 'link');
    await symlink(folder, link);
    const { script } = await prepare(link, '"$python"');
    expect(script).toContain(await realpath(dirname(folder)));
    expect(await prepare(folder, '"$python"')).toMatchObject({ script, log: '' });
    await rm(link);
    await symlink(folder, `${link}-too`);
    expect(await prepare(`${link}-too`, '"$python"')).toMatchObject({ script, log: '' });
    expect(await environments()).toHaveLength(1);
  });

  test('tells which Python it is now, and asks for that once; with another release it is built anew', async () => {
    await prepare(folder, '"$python"');
    const python = join(folder, await readlink(join(folder, LINK)), 'bin', 'python');
    const asked = join(folder, 'asked');
    const update = async (version: string) => {
      await rm(python);
      const answer = `echo '["python", "${version}"]'`;
      await writeFile(python, `#!/bin/sh\necho asked >>'${asked.replaceAll("'", `'\\''`)}'\n${answer}\n`);
      await chmod(python, 0o755);
      // What has only just been written is asked each time.
      await sleep(200);
    };
    const release = newest?.version.split('.', 2).join('.');
    for (const version of [`${release}.98`, `${release}.99`]) {
      await update(version);
      for (let i = 0; i < 2; i += 1)
        expect(await prepare(folder, '"$python"')).toMatchObject({
          interpreter: `Python ${version}`,
          log: '',
        });
    }
    expect(await readFile(asked, 'utf8')).toBe('asked\nasked\n');

    await update('3.7.1');
    const { interpreter, log } = await prepare(folder, '"$python"');
    expect([interpreter, log]).toEqual([`Python ${newest?.version}`, expect.stringContaining('Building')]);
  });

  test('that was made on another machine is built anew; one that does not say where is taken', async () => {
    await prepare(folder, '"$python"');
    const marker = join(folder, await readlink(join(folder, LINK)), MARKER);
    const { machine, ...others } = JSON.parse(await readFile(marker, 'utf8'));
    expect(machine).toMatch(new RegExp(`^${process.platform}-${process.arch}`));
    await writeFile(marker, JSON.stringify(others));
    expect((await prepare(folder, '"$python"')).log).toBe('');
    await writeFile(marker, JSON.stringify({ ...others, machine: 'linux-riscv64-musl' }));
    expect((await prepare(folder, '"$python"')).log).toContain('Building');
    expect((await prepare(folder, '"$python"')).log).toBe('');
  });

  test('is left alone where nobody can tell now whether it is whole; half of one is not', async () => {
    await writeRequirements(folder, '');
    await prepare(folder, '"$python"');
    const before = await readlink(join(folder, LINK));
    const half = `${LINK}-0123456789ab`;
    await mkdir(join(folder, half));
    await writeFile(join(folder, half, MARKER), '{"madeFor":');
    const marker = join(folder, before, MARKER);
    await rename(marker, `${marker}.kept`);
    await symlink(MARKER, marker);
    await writeRequirements(folder, '# Others.');
    await expect(prepare(folder, '"$python"')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/^Whether the environment .* is whole can't be told: ELOOP/),
    });
    expect(await environments()).toContain(before);
    await rename(`${marker}.kept`, marker);
    await prepare(folder, '"$python"');
    expect(await environments()).toEqual([before, await readlink(join(folder, LINK))].toSorted());
  });

  test('is built for what is asked for when that begins, and not at all where that changes meanwhile', async () => {
    await addWheel(folder, { name: 'tiny', version: '1.0' });
    await addWheel(folder, { name: 'tiny', version: '2.0' });
    await writeRequirements(folder, 'tiny==1.0');
    const lock = new Sqlite(join(folder, `${LINK}.lock`));
    lock.exec('begin exclusive');
    const waiting = prepare(folder, '"$python"');
    await sleep(500);
    await writeRequirements(folder, 'tiny==2.0');
    lock.close();
    expect((await waiting).packages).toContain('tiny==2.0');

    const before = await environments();
    await writeRequirements(folder, 'tiny==1.0');
    const change = () => writeRequirements(folder, 'tiny==2.0');
    await expect(prepare(folder, '"$python"', change)).rejects.toThrow(
      'was changed while its environment was built; run the action again.',
    );
    expect(await environments()).toEqual(before);
    expect((await prepare(folder, '"$python"')).packages).toContain('tiny==2.0');
  });

  test('that can not be built fails in words and changes nothing; mended, it replaces one of the original', async () => {
    await mkdir(join(folder, LINK, 'bin'), { recursive: true });
    await writeFile(join(folder, LINK, 'pyvenv.cfg'), 'home = /usr/bin');
    await writeRequirements(folder, 'absent==1.0');
    const failure: unknown = await prepare(folder, '$python').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/could not be built: ".* -r requirements\.txt" ended with 1/),
      log: expect.stringMatching(/absent/),
    });
    expect(await leftovers()).toEqual([LINK]);

    await addWheel(folder, { name: 'absent', version: '1.0' });
    const { packages, log } = await prepare(folder, '$python');
    expect(packages).toContain('absent==1.0');
    expect(log).toContain('The environment that was there before is now');
    const aside = (await readdir(folder)).find((name) => name.startsWith(`${LINK}.original-`)) ?? '';
    expect(await readdir(join(folder, aside))).toEqual(['bin', 'pyvenv.cfg']);
  });
});

describe.skipIf(!newest)('pyproject.toml', { timeout: 240_000 }, () => {
  test('names packages, and the Pythons that will do', async () => {
    await addWheel(folder, { name: 'tiny', version: '1.0' });
    const tiny = pathToFileURL(join(folder, 'wheels', 'tiny-1.0-py3-none-any.whl')).href;
    const range = `>=3.8, <=${old?.version ?? newest?.version}`;
    const project = `[project]\nrequires-python = "${range}"\ndependencies = ["tiny @ ${tiny}"]\n`;
    await writeFile(join(folder, 'pyproject.toml'), project);
    const { interpreter, packages } = await prepare(folder, '$python');
    expect(interpreter).toBe(`Python ${old?.version ?? newest?.version}`);
    expect(packages).toContain('tiny==1.0');
  });

  test('may say by [tool.uv.sources] where a package comes from: from there, or not at all', async () => {
    await addWheel(folder, { name: 'tiny_lab', version: '1.0' });
    const project = `[project]\nname = "fit"\nversion = "1"\ndependencies = ["Tiny-Lab>=1", "elsewhere"]\n`;
    const source = `[tool.uv.sources]\ntiny_lab = { path = "wheels/tiny_lab-1.0-py3-none-any.whl" }\n`;
    await addWheel(folder, { name: 'elsewhere', version: '1.0' });
    const settings = '[tool.uv]\nfind-links = ["wheels"]\n';
    await writeFile(join(folder, 'pyproject.toml'), project + source + settings);
    const preparing = prepare(folder, '$python -c "import tiny_lab; print(tiny_lab.version)"');
    if (hasUv) expect((await preparing).packages).toEqual(expect.arrayContaining(['elsewhere==1.0']));
    else await expect(preparing).rejects.toThrow(/says in \[tool\.uv\.sources\] where tiny-lab comes from\./);
  });

  test('makes the extension a package, whose code may change later', async () => {
    await addProject(folder);
    const { script, packages } = await prepare(folder, '$python -c "import fresh; print(fresh.value)"');
    expect(packages).toContain('quick==1.0');
    await writeFile(join(folder, 'fresh.py'), 'value = 7\n');
    expect((await execute('sh', ['-c', script], { cwd: tmpdir() })).stdout).toBe('7\n');
  });

  test.each<[text: string, message: RegExp]>([
    ['[project', /^pyproject\.toml, line 1: Invalid TOML document/],
    ['[project]\nrequires-python = "three"', /requires-python must be a range .*, but is "three"\.$/],
    ['[project]\nrequires-python = 3.9', /requires-python must be a range .*, but is 3\.9\.$/],
    ['[project]\ndependencies = "six"', /project\.dependencies must be a list of texts\.$/],
    ['[project]\ndependencies = [1]', /project\.dependencies must be a list of texts\.$/],
    [
      '[project]\nrequires-python = ">=4"',
      /This extension needs Python >=4; the server has 3\.\d+.*Install one/,
    ],
  ])('%j is refused in words', async (text, message) => {
    await writeFile(join(folder, 'pyproject.toml'), text);
    await expect(prepare(folder, 'true')).rejects.toThrow(message);
    expect(await leftovers()).toEqual([]);
  });

  test.skipIf(!old || !later)(
    'is not needed where packages say what they accept, as pip finds out',
    async () => {
      const range = `>=${old?.version}, <=${later?.version}`;
      await writeFile(join(folder, 'pyproject.toml'), `[project]\nrequires-python = "${range}"\n`);
      await addWheel(folder, { name: 'picky', version: '1.0', requiresPython: '>=3.8,<3.12' });
      await writeRequirements(folder, 'picky');
      const { interpreter, packages, log } = await prepare(folder, '$python');
      expect(interpreter).toBe(`Python ${old?.version}`);
      expect(packages).toContain('picky==1.0');
      expect(log).toContain(`Python ${later?.version} is not what its packages accept.`);
      expect(await environments()).toHaveLength(1);
    },
  );
});

test('a script of the shell needs nothing, and nothing is made for it', async () => {
  const start = performance.now();
  for (let i = 0; i < 100; i += 1) await prepare(folder, 'echo "$python_version" \\$python');
  const each = (performance.now() - start) / 100;
  console.log(`no environment: ${each.toFixed(2)} ms`);
  expect(each).toBeLessThan(20);
  expect(await prepare(folder, 'true')).toEqual({ script: 'true', interpreter: 'sh', packages: [], log: '' });
  expect(await readdir(folder)).toEqual([]);
});

/** Runs a script that prints a value and where pip is; tells that, and whether an environment was built for it. */
async function runIn(place: string, unprepared: string) {
  const { script, log } = await prepare(place, unprepared);
  const { stdout } = await execute('sh', ['-c', script], { cwd: place });
  const [, value, pipIsIn] = /^(\w+)\npip .* from (.*)\/\.aqueduct-extension-venv/.exec(stdout) ?? [];
  return { value, pipIsIn, isBuilt: log.includes('Building the environment') };
}

async function environments(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(`${LINK}-`)).toSorted();
}

/** Environments and logs of builds: what must not be there after a failure. */
async function leftovers(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(LINK) && name !== `${LINK}.lock`);
}
