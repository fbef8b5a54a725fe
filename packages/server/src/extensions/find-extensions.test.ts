import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
    ['broken', expect.stringMatching(/^manifest\.yml, line 1: Flow sequence/)],
    ['large', 'manifest.yml must not be larger than 64 KiB'],
    ['latin', 'manifest.yml must be a text in UTF-8'],
    ['odd', 'manifest.yml must be a file'],
    ['pipe', 'manifest.yml must be a file'],
  ]);
  expect(logged()).toHaveLength(5);
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

function manifest(name: string): string {
  return `name: ${name}\nauthors: lab@example.org\nactions: [${action}]\n`;
}

async function names(needs: CatalogueNeeds): Promise<string[]> {
  return (await findExtensions(needs)).extensions.map(({ name }) => name);
}

/** An extensions directory that is not there yet, and what is logged about it. */
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
