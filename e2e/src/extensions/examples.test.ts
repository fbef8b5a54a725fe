import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { API } from '@aqueduct/client';
import { databases, newDatabase, temporaryFolder } from '@aqueduct/server/testing';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { create, graphql } from '../graphql-client.ts';
import { pythonWith } from '../python-environment.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { byClient, byGraphql, byPyaqueduct, type Caller, type Result } from './example-callers.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** The one in Python is kept from run to run, with its environment. */
const kept = join(root, 'node_modules/.cache/example-extensions/fit-in-python');
/** The first run of the Python one installs numpy, scipy and matplotlib. */
const BUILD_MS = 600_000;

const python = await pythonWith({
  name: 'pyaqueduct-0.1.0',
  requirements: ['pyaqueduct==0.1.0'],
  modules: ['pyaqueduct'],
});
if (typeof python === 'string') console.log(`The examples are not run from pyaqueduct: ${python}`);

const callers: Readonly<Record<string, Caller | undefined>> = {
  GraphQL: byGraphql,
  '@aqueduct/client': byClient,
  'the real pyaqueduct': typeof python === 'string' ? undefined : byPyaqueduct(python.path),
};

let installed = '';
beforeAll(async () => {
  installed = await temporaryFolder();
  for (const name of ['echo', 'fit-in-typescript']) {
    await cp(join(root, 'extensions', name), join(installed, name), { recursive: true });
  }
  await mkdir(kept, { recursive: true });
  for (const name of ['manifest.yml', 'requirements.txt', 'oscillation.py']) {
    await copyFile(join(root, 'extensions/fit-in-python', name), join(kept, name));
  }
  await symlink(kept, join(installed, 'fit-in-python'));
});

describe.each(databases)('the example extensions, on %s', (database) => {
  let server: ServerProcess;
  beforeAll(async () => {
    const env = { AQUEDUCT_EXTENSIONS_DIR: installed };
    server = await startServer({ databaseUrl: await newDatabase(database), env });
  });
  afterAll(async () => void (await server.stop()));

  describe.each(Object.entries(callers))('from %s', (_, call) => {
    test.skipIf(!call)('print their parameters', async () => {
      const experiment = await create(server.url, 'echo');
      const given = {
        experiment: experiment.eid,
        attachment: 'raw data.csv',
        sample: 'Größe',
        remark: 'two\nlines',
        repetitions: '3',
        frequency: '5.1e0',
        averaging: 'True',
        window: 'flat top',
      };
      const result = await call?.(server.url, {
        extension: 'Echo',
        action: 'print',
        experiment,
        parameters: given,
      });
      const { stdout = '' } = result ?? {};
      for (const [name, value] of Object.entries({ ...given, averaging: '1' })) {
        expect(stdout).toMatch(new RegExp(`^${name} +${value}$`, 'm'));
      }
      expect(result).toMatchObject({ returnCode: 0, stderr: 'nothing went wrong\n' });
    });

    test.skipIf(!call)('fit a measurement in TypeScript', { timeout: 120_000 }, async () => {
      const { experiment, result } = await fit('Fit in TypeScript', call);
      expect(result).toMatchObject({ returnCode: 0, stderr: '' });
      await expectFit(experiment.eid);
      const svg = await (await file(experiment.eid, 'rabi-fit.svg')).text();
      expect(svg.match(/<circle/g)).toHaveLength(201);
    });

    test.skipIf(!call)('fit a measurement in Python', { timeout: BUILD_MS }, async (context) => {
      const { experiment, result } = await fit('Fit in Python', call);
      leaveOutIfNotBuilt(result, context);
      expect(result.returnCode, result.stderr).toBe(0);
      await expectFit(experiment.eid);
      const png = await file(experiment.eid, 'rabi-fit.png');
      expect(decode(await png.arrayBuffer()).width).toBe(960);
    });
  });

  test('a fit of equal values in Python, in a table as Excel writes it, leaves JSON', {
    timeout: BUILD_MS,
  }, async (context) => {
    const { uuid, eid } = await create(server.url, 'a loose cable');
    const rows = Array.from({ length: 20 }, (_, i) => `${i},0.5\n`);
    const experiment = await apiOf(server).getExperimentByEid(eid);
    await experiment.uploadFile(new Blob(['\ufefft,p\n', ...rows]), { name: 'flat.csv' });
    const parameters = { experiment: eid, table: 'flat.csv', plot: 'false' };
    const call = { extension: 'Fit in Python', action: 'oscillation', experiment: { uuid, eid }, parameters };
    const result = await byClient(server.url, call);
    leaveOutIfNotBuilt(result, context);
    expect(result.returnCode, result.stderr).toBe(0);
    const found: object = JSON.parse(await (await file(eid, 'flat-fit.json')).text());
    expect(found).toMatchObject({ x: 't', y: 'p', offset: { value: 0.5, error: null }, residual: 0 });
  });

  /** Runs a fit on the data that examples/rabi.ts leaves. */
  async function fit(extension: string, call: Caller | undefined) {
    const measure = ['--conditions=aqueduct-source', join(root, 'examples/rabi.ts'), server.url];
    const { stdout } = await promisify(execFile)(process.execPath, measure);
    const eid = stdout.trim().split('/').at(-1) ?? '';
    const { uuid } = await apiOf(server).getExperimentByEid(eid);
    const parameters = { experiment: eid, table: 'rabi.csv', plot: 'true' };
    const experiment = { uuid, eid };
    const result = await call?.(server.url, { extension, action: 'oscillation', experiment, parameters });
    return { experiment, result: result as Result };
  }

  async function expectFit(eid: string): Promise<void> {
    const found = JSON.parse(await (await file(eid, 'rabi-fit.json')).text()) as Record<
      string,
      { value: number }
    >;
    expect(found).toMatchObject({ x: 'time_us', y: 'probability' });
    expect(found.frequency?.value).toBeCloseTo(5.1, 1);
    expect(found.decay?.value).toBeGreaterThan(0.8);
    expect(found.decay?.value).toBeLessThan(1.8);
    expect(found.offset?.value).toBeCloseTo(0.5, 1);
    expect(found.residual).toBeLessThan(0.04);
  }

  async function file(eid: string, name: string): Promise<Blob> {
    return (await apiOf(server).getExperimentByEid(eid)).readFile(name);
  }
});

/** Where its packages can't be had, as without a network. */
function leaveOutIfNotBuilt({ stderr }: Result, context: TestContext): void {
  const [notBuilt] = /The environment of this extension .*/.exec(stderr) ?? [];
  if (notBuilt === undefined) return;
  console.log(`The example in Python is not run: ${notBuilt}`);
  context.skip();
}

/** Patient: half a second of silence means nothing on a busy machine. */
function apiOf({ url }: ServerProcess): API {
  return new API(url, { timeout: 10 });
}

test('a new installation has them, and those that are removed do not come back', async () => {
  const server = await startServer();
  onTestFinished(async () => void (await server.stop()));
  const list = async (url: string) =>
    (await graphql<object>(url, '{ extensions { name } extensionProblems { message } }')).data;
  expect(await list(server.url)).toEqual({
    extensions: [{ name: 'Echo' }, { name: 'Fit in Python' }, { name: 'Fit in TypeScript' }],
    extensionProblems: [],
  });
  const folder = join(server.dataDir, 'extensions');
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  await server.stop();

  const again = await startServer({ dataDir: server.dataDir });
  onTestFinished(async () => void (await again.stop()));
  expect(await list(again.url)).toMatchObject({ extensions: [] });
});

test('an extensions folder of its own is left alone', async () => {
  const folder = join(await temporaryFolder(), 'extensions');
  const server = await startServer({ env: { AQUEDUCT_EXTENSIONS_DIR: folder } });
  onTestFinished(async () => void (await server.stop()));
  expect((await graphql<object>(server.url, '{ extensions { name } }')).data).toEqual({ extensions: [] });
  await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});
