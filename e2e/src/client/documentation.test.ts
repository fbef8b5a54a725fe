import { execFileSync, spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examplesOf } from './examples-of.ts';
import { useServer } from './test-api.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const files = [
  ...globSync('packages/client/src/**/*.ts', {
    cwd: root,
    exclude: (name) => name.includes('generated'),
  }).sort(),
  'packages/client/README.md',
];
const examples = files.flatMap((file) => examplesOf(join(root, file)));
const server = useServer({ AQUEDUCT_EXTENSIONS_DIR: join(root, 'extensions') });

describe('the examples of the documentation', () => {
  let folder: string;
  beforeAll(async () => {
    // Inside of a package that may import the client.
    folder = await mkdtemp(join(root, 'e2e', '.tmp-'));
    await writeFile(join(folder, 'trace.csv'), 't,p\n0,0.1\n');
    // Its half second is for a machine that does nothing else.
    const patient = "new API('http://localhost:8000', { timeout: 30 })";
    await Promise.all(
      examples.map(({ program }, i) => {
        const own = program
          .replaceAll("new API('http://localhost:8000')", patient)
          .replaceAll('http://localhost:8000', server.url());
        return writeFile(join(folder, `${i}.ts`), `${own}\nexport {};\n`);
      }),
    );
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { types: ['node'] },
      include: ['*.ts'],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  test('are there for all that a newcomer needs', () => {
    expect(examples.length).toBeGreaterThan(14);
  });

  test('have the right types', () => {
    const tsc = join(root, 'node_modules/.bin/tsc');
    const { status, stdout } = spawnSync(tsc, ['-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  test.each(examples.map(({ where }, i) => [where, i] as const))('%s runs', (_where, i) => {
    execFileSync(process.execPath, ['--conditions=aqueduct-source', `${i}.ts`], {
      cwd: folder,
      stdio: 'pipe',
    });
  });
});
