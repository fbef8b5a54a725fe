import { execFile, execFileSync } from 'node:child_process';
import { chmod, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Lexer } from 'yaml';
import { temporaryFolder } from '../testing/test-database.ts';
import { findAction } from './find-action.ts';
import { type CatalogueNeeds, findExtensions, noteExtensionsFolder } from './find-extensions.ts';

const action = '{name: run, script: echo, parameters: [{name: at, data_type: experiment}]}';

test('the directory of the data folder need not be there', async () => {
  const { needs, logged } = await directory();
  await noteExtensionsFolder(needs);
  expect(await findExtensions(needs)).toEqual({ extensions: [], problems: [] });
  expect(logged()).toEqual([]);
});

test.each([
  ['is no directory', 'but this is none'],
  ['is not there', 'but this is not there'],
])('a directory that is named and %s is a problem that names the setting', async (how, why) => {
  const { needs, path, add, logged } = await directory('elsewhere');
  if (how === 'is no directory') await writeFile(path, '');
  const message = `the setting --extensions-dir (AQUEDUCT_EXTENSIONS_DIR) must name a folder, ${why}`;
  await noteExtensionsFolder(needs);
  expect(logged()).toEqual([expect.objectContaining({ path, problem: message })]);
  for (let i = 0; i < 2; i += 1) {
    expect(await findExtensions(needs)).toEqual({
      extensions: [],
      problems: [{ folder: 'extensions', message }],
    });
  }
  expect(logged()).toHaveLength(1);
  await expect(findAction(needs, 'One', 'run')).rejects.toThrow('There should be exactly 1 extension');
  await rm(path, { force: true });
  await add('a', manifest('One'));
  expect(await names(needs)).toEqual(['One']);
});

test.each([
  ['has links that lead in a circle', 'loop', 'its path has links that lead in a circle; mend them'],
  ['has a name that is too long', 'x'.repeat(300), 'its path is too long for the system; name a shorter one'],
])('a directory that %s is a problem, logged once, until it is mended', async (_, name, why) => {
  const { needs, path, add, logged } = await directory();
  await symlink('loop', join(dirname(path), 'loop'));
  const named = { ...needs, config: { ...needs.config, extensionsDir: join(dirname(path), name) } };
  const message = `the extensions folder (--extensions-dir, AQUEDUCT_EXTENSIONS_DIR) can't be read: ${why}`;
  await noteExtensionsFolder(named);
  for (let i = 0; i < 2; i += 1) {
    expect(await findExtensions(named)).toEqual({ extensions: [], problems: [{ folder: name, message }] });
  }
  expect(logged()).toEqual([expect.objectContaining({ problem: message })]);
  if (name !== 'loop') return;
  await add('a', manifest('One'));
  await rm(join(dirname(path), 'loop'));
  await symlink(path, join(dirname(path), 'loop'));
  expect(await names(named)).toEqual(['One']);
});

test('a directory that the server may not read is a problem that says so', async () => {
  const { path } = await directory();
  await mkdir(path);
  await chmod(path, 0o000);
  const found = await elsewhere(
    path,
    `
    try {
      // The administrator may read everywhere.
      if (process.getuid() === 0) process.setuid(65534);
      console.log(JSON.stringify(await look()));
    } catch (error) {
      console.log(JSON.stringify(error.syscall === 'setuid' ? 'skipped' : error.code));
    }`,
  );
  if (found === 'skipped') console.log('Not tested: nobody else can be made of this administrator.');
  else
    expect(found).toEqual([
      "the extensions folder (--extensions-dir, AQUEDUCT_EXTENSIONS_DIR) can't be read: " +
        "the server's user may not read it; let that user read and enter it",
    ]);
});

test('a server without descriptors knows of no extensions less: that is an error, which passes', async () => {
  const { path, add } = await directory();
  const all = ['E0', 'E1', 'E2', 'E3', 'E4'];
  for (const name of all) await add(name, manifest(name));
  const found = await elsewhere(
    path,
    `
    const opened = [];
    const fill = () => { try { for (;;) opened.push(openSync('/dev/null')); } catch {} };
    fill();
    const without = [await look()];
    // With one of them, the directory is read, and then one manifest at a time.
    for (let i = 0; i < 20; i += 1) {
      fill();
      closeSync(opened.pop());
      without.push(await look());
    }
    for (const each of opened) closeSync(each);
    console.log(JSON.stringify({ first: without[0], others: without.slice(1), after: await look() }));`,
  );
  expect(found).toMatchObject({ first: 'EMFILE', after: all });
  for (const each of (found as { others: unknown[] }).others) expect(['EMFILE', all]).toContainEqual(each);
});

test.skipIf(process.platform !== 'linux')(
  'a folder whose name is no UTF-8 is a problem, where it has a manifest',
  async () => {
    const { needs, path, add, logged } = await directory();
    const latin = async (name: string, text?: string) => {
      const folder = Buffer.concat([Buffer.from(join(path, '/')), Buffer.from(name, 'latin1')]);
      await mkdir(folder);
      if (text !== undefined) await writeFile(Buffer.concat([folder, Buffer.from('/manifest.yml')]), text);
    };
    await add('b', manifest('One'));
    await add('real \ufffd', manifest('Two'));
    await latin('Caf\xe9', manifest('Three'));
    await latin('Caf\xe8', 'name: 7');
    await latin('none\xe9');
    await latin('.hidden\xe9', manifest('Four'));
    for (let i = 0; i < 2; i += 1) {
      const { extensions, problems } = await findExtensions(needs);
      expect(extensions.map(({ name }) => name)).toEqual(['One', 'Two']);
      expect(new Set(problems)).toEqual(
        new Set(
          ['e8', 'e9'].map((byte) => ({
            folder: 'Caf\ufffd',
            message: `the name of the folder must be UTF-8, but is "Caf\\x${byte}"; rename it`,
          })),
        ),
      );
    }
    expect(logged()).toHaveLength(2);
    expect(logged()).toContainEqual(expect.objectContaining({ folder: 'Caf\\xe9' }));
  },
);

test('a manifest by another name or at another place is a problem that says so', async () => {
  const { needs, path, add } = await directory();
  await add('both', manifest('One'));
  await writeFile(join(path, 'both', 'manifest.yaml'), '');
  for (const at of [
    'longer/manifest.yaml',
    'upper/Manifest.yml',
    'packed/inner/manifest.yml',
    'common/lib/a.py',
  ]) {
    await mkdir(join(path, dirname(at)), { recursive: true });
    await writeFile(join(path, at), manifest('Two'));
  }
  await mkdir(join(path, 'linked'));
  await symlink('nowhere', join(path, 'linked', 'manifest.yml'));
  await mkdir(join(path, 'empty'));
  const { extensions, problems } = await findExtensions(needs);
  expect(extensions.map(({ name }) => name)).toEqual(['One']);
  expect(problems).toEqual([
    { folder: 'linked', message: 'manifest.yml is a link to what is not there' },
    { folder: 'longer', message: 'the manifest must be called manifest.yml, not manifest.yaml' },
    {
      folder: 'packed',
      message: 'its manifest.yml lies one folder deeper, in inner; move all of that one up',
    },
    { folder: 'upper', message: 'the manifest must be called manifest.yml, not Manifest.yml' },
  ]);
});

test('keys that are misspelt by a letter or two are told, and the extension is there; others are its own', async () => {
  const { needs, add } = await directory();
  const parameter = '{name: at, data_type: experiment, defualt_value: 3, unit: V}';
  await add(
    'a',
    `name: One\nauthors: x\nacces: parameters\nversion: 3\nactions:\n  - {name: run, script: echo, Timeout: 3, parameters: [${parameter}]}\n`,
  );
  expect(await findExtensions(needs)).toMatchObject({
    extensions: [{ name: 'One' }],
    problems: [
      {
        folder: 'a',
        message:
          'manifest.yml, line 3, acces: has no effect; is access meant?\n' +
          'manifest.yml, line 6, actions[0].Timeout: has no effect; is timeout meant?\n' +
          'manifest.yml, line 6, actions[0].parameters[0].defualt_value: has no effect; is default_value meant?',
      },
    ],
  });
});

test('extensions of one name are listed, and are problems until one is renamed', async () => {
  const { needs, add } = await directory();
  await add('a', manifest('One'));
  await add('b', manifest('One'));
  await add('c', manifest('Two'));
  const { extensions, problems } = await findExtensions(needs);
  expect(extensions.map(({ name }) => name)).toEqual(['One', 'One', 'Two']);
  const message = (other: string) =>
    `its name "One" is also that of the extension in ${other}; none of them can be run. Rename one`;
  expect(problems).toEqual([
    { folder: 'a', message: message('b') },
    { folder: 'b', message: message('a') },
  ]);
  await add('b', manifest('Three'));
  expect((await findExtensions(needs)).problems).toEqual([]);
});

test('folders with a manifest are extensions, sorted by name; bad ones hide only themselves', async () => {
  const { needs, add, path, logged } = await directory();
  await add('b', manifest('Alpha'));
  await add('a', manifest('beta'));
  await add('c', manifest('Äther'));
  await add('.hidden', manifest('Hidden'));
  await add('broken', 'name: [');
  await add('latin', Buffer.from('name: Gr\xf6\xdfe', 'latin1'));
  await add('large', `${manifest('Large')}# ${'x'.repeat(64 * 1024)}`);
  await mkdir(join(path, 'none'));
  await mkdir(join(path, 'odd', 'manifest.yml'), { recursive: true });
  await mkdir(join(path, 'pipe'));
  execFileSync('mkfifo', [join(path, 'pipe', 'manifest.yml')]);
  await writeFile(join(path, 'file'), '');
  await symlink(join(path, 'a'), join(path, 'link'));
  await symlink(join(path, 'nowhere'), join(path, 'dangling'));

  const { extensions, problems } = await findExtensions(needs);
  expect(extensions.map(({ name, folder }) => [name, folder])).toEqual([
    ['Alpha', join(path, 'b')],
    ['beta', join(path, 'a')],
    ['beta', join(path, 'link')],
    ['Äther', join(path, 'c')],
  ]);
  expect(problems.map(({ folder, message }) => [folder, message.split('\n')[0]])).toEqual([
    ['a', 'its name "beta" is also that of the extension in link; none of them can be run. Rename one'],
    ['broken', expect.stringMatching(/^manifest\.yml, line 1: Flow sequence/)],
    ['large', 'manifest.yml must not be larger than 64 KiB'],
    ['latin', 'manifest.yml must be a text in UTF-8'],
    ['link', 'its name "beta" is also that of the extension in a; none of them can be run. Rename one'],
    ['odd', 'manifest.yml must be a file'],
    ['pipe', 'manifest.yml must be a file'],
  ]);
  expect(logged()).toHaveLength(7);
});

test('changes are seen at once, and a problem is logged once', async () => {
  const { needs, add, path, logged } = await directory();
  await add('a', manifest('One'));
  expect(await names(needs)).toEqual(['One']);
  await add('a', manifest('Two'));
  expect(await names(needs)).toEqual(['Two']);
  await add('a', 'name: 7');
  await Promise.all(Array.from({ length: 20 }, () => names(needs)));
  expect(await names(needs)).toEqual([]);
  expect(logged()).toEqual([
    expect.objectContaining({ folder: 'a', problem: expect.stringContaining('is 7') }),
  ]);
  // As an editor that writes beside and renames, with the old time.
  await add('b', manifest('Six'));
  await utimes(join(path, 'b', 'manifest.yml'), 1, 1);
  await rename(join(path, 'b', 'manifest.yml'), join(path, 'a', 'manifest.yml'));
  expect(await names(needs)).toEqual(['Six']);
  await rm(join(path, 'a'), { recursive: true });
  expect(await names(needs)).toEqual([]);
  await add('a', 'name: 7');
  expect((await findExtensions(needs)).problems).toHaveLength(1);
  expect(logged()).toHaveLength(2);
});

test('whatever a manifest makes of its reading, it hides only itself', async () => {
  const { needs, add, logged } = await directory();
  await add('a', manifest('One'));
  await add('deep', `name: x\nauthors: a\nextra:\n  - ${'- '.repeat(4000)}a\nactions: []\n`);
  await add('odd', manifest('Odd'));
  const { lex } = Lexer.prototype;
  const odd = vi.spyOn(Lexer.prototype, 'lex').mockImplementation(function (this: Lexer, text, ...rest) {
    if (text.includes('Odd')) throw new RangeError('beyond all');
    return lex.call(this, text, ...rest);
  });
  onTestFinished(() => odd.mockRestore());
  // What has only just been written is not kept.
  await sleep(200);
  for (let i = 0; i < 2; i += 1) {
    expect(await findExtensions(needs)).toEqual({
      extensions: [expect.objectContaining({ name: 'One' })],
      problems: [
        { folder: 'deep', message: 'manifest.yml, line 4: it is nested too deeply' },
        { folder: 'odd', message: "manifest.yml can't be understood: RangeError: beyond all" },
      ],
    });
  }
  expect((await findAction(needs, 'One', 'run')).action.name).toBe('run');
  expect(logged()).toEqual([
    expect.not.objectContaining({ err: expect.anything() }),
    expect.objectContaining({
      folder: 'odd',
      err: expect.objectContaining({ stack: expect.stringContaining('readYaml') }),
    }),
  ]);
});

test('looking again at a hundred extensions takes little', async () => {
  const { needs, add } = await directory();
  await Promise.all(Array.from({ length: 100 }, (_, i) => add(`e${i}`, manifest(`E${i}`))));
  await findExtensions(needs);
  const times: number[] = [];
  for (let i = 0; i < 15; i += 1) {
    const start = performance.now();
    await findExtensions(needs);
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[7] ?? 0;
  console.log(`a list of 100 unchanged extensions: ${median.toFixed(1)} ms`);
  expect(median).toBeLessThan(100);
});

test('manifests are read once for all who ask, and others have their turn between them', async () => {
  const { needs, add } = await directory();
  const slow = `name: x\n${'%\n'.repeat(3300)}`;
  await Promise.all(Array.from({ length: 30 }, (_, i) => add(`e${i}`, i === 0 ? manifest('One') : slow)));
  // What has only just been written may change unseen.
  await sleep(200);
  const turns = longestTurn();
  const asked = await Promise.all([findExtensions(needs), findExtensions(needs), findExtensions(needs)]);
  expect(turns.end()).toBeLessThan(250);
  expect(asked[0].problems).toHaveLength(29);
  expect(asked[2].extensions[0]).toBe(asked[0].extensions[0]);

  const again = longestTurn();
  expect((await findExtensions(needs)).problems).toEqual(asked[0].problems);
  expect(again.end()).toBeLessThan(50);
});

test('an action is found by exact names, where there is exactly one', async () => {
  const { needs, add } = await directory();
  await add('a', manifest('Größe'));
  await add('b', manifest('Twice'));
  await add('c', manifest('Twice'));
  await add('d', 'name: Odd\nauthors: a\nactions: [{name: homeless, script: echo}]');
  const found = await findAction(needs, 'Größe', 'run');
  expect([found.extension.name, found.action.name]).toEqual(['Größe', 'run']);
  for (const [extension, name, message] of [
    ['Twice', 'run', 'There should be exactly 1 extension with name Twice'],
    ['größe', 'run', 'There should be exactly 1 extension with name größe'],
    ['', '', 'There should be exactly 1 extension with name '],
    ['Größe', 'Run', 'There should be exactly 1 action with name Run'],
    ['Größe', '__proto__', 'There should be exactly 1 action with name __proto__'],
    ['Odd', 'homeless', 'Action Odd:homeless has no experiment parameters'],
  ] as const) {
    await expect(findAction(needs, extension, name)).rejects.toThrow(message);
  }
});

/** How many milliseconds of work, at most, the thread did without looking for other things to do. */
function longestTurn(): { end(): number } {
  let longest = 0;
  let last = process.threadCpuUsage();
  let next = setImmediate(look);
  function look() {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.threadCpuUsage();
    next = setImmediate(look);
  }
  return {
    end() {
      look();
      clearImmediate(next);
      return longest;
    },
  };
}

/**
 * Runs a program in a process of its own that has few descriptors; gives what it prints as JSON. There, `look` gives the
 * names of the extensions in a directory, or the problems where there are some, or the code of the error.
 */
async function elsewhere(path: string, program: string): Promise<unknown> {
  const place = JSON.stringify(new URL('find-extensions.ts', import.meta.url).href);
  const config = JSON.stringify({ dataDir: dirname(path), extensionsDir: path });
  const start = `
    import { closeSync, openSync } from 'node:fs';
    const { findExtensions } = await import(${place});
    const look = () => findExtensions({ config: ${config}, log: { warn() {} } }).then(
      ({ extensions, problems }) => (problems.length ? problems.map(({ message }) => message) : extensions.map(({ name }) => name)),
      ({ code }) => code,
    );`;
  const script = [
    '--conditions=aqueduct-source',
    '--input-type=module-typescript',
    '-e',
    `${start}${program}`,
  ];
  const limited = ['-c', 'ulimit -n 200; exec "$@"', 'sh', process.execPath, ...script];
  const { stdout } = await promisify(execFile)('sh', limited, { timeout: 30_000 });
  return JSON.parse(stdout);
}

function manifest(name: string): string {
  return `name: ${name}\nauthors: lab@example.org\nactions: [${action}]\n`;
}

async function names(needs: CatalogueNeeds): Promise<string[]> {
  return (await findExtensions(needs)).extensions.map(({ name }) => name);
}

/** An extensions folder that is not there yet, and what is logged about it. */
async function directory(dataFolder = '') {
  const above = await temporaryFolder();
  const path = join(above, 'extensions');
  const lines: string[] = [];
  const log = pino({ level: 'warn', base: undefined }, { write: (line: string) => void lines.push(line) });
  return {
    path,
    needs: {
      config: { dataDir: join(above, dataFolder), extensionsDir: path },
      log,
    } as unknown as CatalogueNeeds,
    logged: () => lines.map((line) => JSON.parse(line) as object),
    async add(folder: string, text: string | Buffer) {
      await mkdir(join(path, folder), { recursive: true });
      await writeFile(join(path, folder, 'manifest.yml'), text);
    },
  };
}
