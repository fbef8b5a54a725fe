import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@aqueduct/server/testing';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { useServer } from './test-api.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const client = join(root, 'packages/client');
const server = useServer();

function run(command: string, args: readonly string[], cwd: string): string {
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** What `npm publish` would send, in a folder as `npm install` would make it. */
async function installed(): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of ['contract', 'client']) {
    const target = join(folder, 'node_modules/@aqueduct', name);
    await mkdir(target, { recursive: true });
    const [packed] = JSON.parse(
      run('npm', ['pack', '--json', '--pack-destination', folder], join(root, 'packages', name)),
    );
    run('tar', ['-xzf', join(folder, packed.filename), '--strip-components=1', '-C', target], folder);
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

const PROGRAM = `
import { API, type Experiment, FileUploadError } from '@aqueduct/client';
const experiment: Experiment = await new API(process.argv[2] ?? '').createExperiment('packed', '');
const title: string = await experiment.title;
await experiment.uploadFile(new Blob([title]), { name: 'a.txt', onProgress: ({ bytes }) => void bytes.toFixed() });
console.log(await (await experiment.readFile('a.txt')).text(), new FileUploadError('x', { code: 'X', reason: 'x' }).name);
`;

describe('the package @aqueduct/client', () => {
  let folder: string;
  beforeAll(async () => {
    for (const name of ['contract', 'client']) {
      // As a build before one of the sources was removed.
      await mkdir(join(root, 'packages', name, 'dist'), { recursive: true });
      await writeFile(join(root, 'packages', name, 'dist/removed.js'), '');
      run('npm', ['run', 'build'], join(root, 'packages', name));
    }
    folder = await installed();
  });

  test.each(['contract', 'client'])('has the license and nothing of former builds (%s)', async (name) => {
    const sent = join(folder, 'node_modules/@aqueduct', name);
    expect(await readFile(join(sent, 'LICENSE'), 'utf8')).toBe(await readFile(join(root, 'LICENSE'), 'utf8'));
    await expect(readFile(join(sent, 'dist/removed.js'))).rejects.toThrow('ENOENT');
  });

  test('is in order for publint', () => {
    expect(run('publint', ['--strict'], client)).toContain('All good!');
  });

  test('has the types that every way of importing finds', () => {
    // Programs in CommonJS on Node 22 and later can require ES modules.
    run('attw', ['--pack', '.', '--profile', 'esm-only', '--format', 'ascii', '--no-emoji'], client);
  });

  test('has no types that TypeScript knows since 5.6 only', async () => {
    const sent = join(folder, 'node_modules/@aqueduct/client/dist');
    const names = (await readdir(sent, { recursive: true })).filter((name) => name.endsWith('.d.ts'));
    const texts = await Promise.all(names.map((name) => readFile(join(sent, name), 'utf8')));
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.join('')).not.toMatch(
      /Async(Iterable|IterableIterator)<[^>]*,|IteratorObject|BuiltinIterator/,
    );
  });

  test.each(['nodenext', 'bundler'])('is typed and runs where it is installed (%s)', async (resolution) => {
    const module = resolution === 'bundler' ? 'esnext' : 'nodenext';
    await writeFile(join(folder, 'program.ts'), PROGRAM);
    const compilerOptions = {
      module,
      moduleResolution: resolution,
      target: 'es2024',
      strict: true,
      // The types that the package brings must be right by themselves, in a browser's world too.
      skipLibCheck: false,
      lib: resolution === 'bundler' ? ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'] : ['es2024'],
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['program.ts'] }),
    );
    run('tsc', ['-p', '.'], folder);
    expect(run(process.execPath, ['program.js', server.url()], folder)).toBe('packed FileUploadError\n');
  });

  test('has nothing of Node in it for browsers', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "export * from '@aqueduct/client';", resolveDir: folder },
      bundle: true,
      // Else its size depends on the names of folders.
      minify: true,
      write: false,
      platform: 'browser',
      format: 'esm',
    });
    const [bundle] = outputFiles;
    expect(bundle?.text).not.toMatch(/node:|process\.env|\bBuffer\b|scalar DateTime/);
    expect(bundle?.contents.length).toBeLessThan(48_500);
  });

  test('has errors that keep their names in a program that was made smaller', async () => {
    await build({
      stdin: { contents: "export * from '@aqueduct/client';", resolveDir: folder },
      bundle: true,
      minify: true,
      outfile: join(folder, 'smaller.mjs'),
      platform: 'node',
      format: 'esm',
    });
    const members: Record<string, unknown> = await import(join(folder, 'smaller.mjs'));
    const names = Object.keys(members).filter((name) => name.endsWith('Error'));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const ErrorClass = members[name] as new (message: string, facts: object) => Error;
      expect(new ErrorClass('x', { code: 'X', reason: 'x' }).name).toBe(name);
    }
  });

  test('depends on the contract alone', async () => {
    const { dependencies } = JSON.parse(await readFile(join(client, 'package.json'), 'utf8'));
    expect(Object.keys(dependencies)).toEqual(['@aqueduct/contract']);
    const contract = JSON.parse(await readFile(join(root, 'packages/contract/package.json'), 'utf8'));
    expect(contract.dependencies).toBeUndefined();
  });
});
