import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '@aqueduct/server/testing';
import { decode } from 'fast-png';
import { File as Hdf5File, ready as hdf5Ready } from 'h5wasm/node';
import { expect, onTestFinished, test } from 'vitest';
import { useServer } from './client/test-api.ts';
import { pythonWith } from './python-environment.ts';

const folder = fileURLToPath(new URL('../../examples/', import.meta.url));
const execute = promisify(execFile);
const server = useServer();

const python = await pythonWith({
  name: 'examples',
  requirements: ['-r', join(folder, 'requirements.txt')],
  modules: ['pyaqueduct', 'numpy', 'matplotlib', 'h5py'],
});
if (typeof python === 'string') console.log(`examples/rabi.py is not tested: ${python}`);

/** Runs an example and looks at all that it should leave behind. */
async function check(command: string, args: readonly string[], picture: string): Promise<void> {
  const { stdout } = await execute(command, [...args, server.url()], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  const link = stdout.trim().split('\n').at(-1) ?? '';
  const eid = link.split('/').at(-1) ?? '';
  expect(link).toBe(`${server.url()}/aqd/experiments/${eid}`);

  const experiment = await server.api().getExperimentByEid(eid);
  const { title, description, tags, files } = await experiment.fetch();
  expect(title).toBe('Rabi oscillation of qubit 3');
  expect(description).toMatch(/The fit gives \*\*5(\.[01]\d?)? MHz\*\*/);
  expect([...tags].sort()).toEqual(['qubit-3', 'rabi', 'simulated']);
  expect(files.map(({ name }) => name).sort()).toEqual(
    ['rabi.csv', 'fit.json', picture, 'chevron.h5'].sort(),
  );

  const rows = (await (await experiment.readFile('rabi.csv')).text()).trim().split('\n');
  expect(rows[0]).toBe('time_us,probability');
  expect(rows).toHaveLength(202);
  const fit = JSON.parse(await (await experiment.readFile('fit.json')).text());
  expect(fit.rabi_frequency_mhz).toBeCloseTo(5.1, 0);
  const target = await temporaryFolder();
  const png = decode(await readFile(await experiment.downloadFile(picture, target)));
  expect(png.width * png.height).toBeGreaterThan(100_000);
  await hdf5Ready;
  const file = new Hdf5File(await experiment.downloadFile('chevron.h5', target), 'r');
  expect(file.get('probability')).toMatchObject({ shape: [81, 201] });
  file.close();
}

test('examples/rabi.ts leaves a whole experiment and prints its link', async () => {
  await check(process.execPath, ['--conditions=aqueduct-source', 'rabi.ts'], 'chevron.png');
});

test('examples/rabi.ts waits for a server that is busy', async () => {
  const slow = createServer(async (socket) => {
    await sleep(700);
    const through = connect(Number(new URL(server.url()).port), '127.0.0.1');
    socket.pipe(through).pipe(socket);
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void slow.close());
  const address = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
  const { stdout } = await execute(process.execPath, ['--conditions=aqueduct-source', 'rabi.ts', address], {
    cwd: folder,
  });
  expect(stdout).toContain(`${address}/aqd/experiments/`);
});

test.skipIf(typeof python === 'string')(
  'examples/rabi.py leaves a whole experiment and prints its link',
  { timeout: 120_000 },
  async () => {
    await check((python as { path: string }).path, ['rabi.py'], 'rabi.png');
  },
);
