import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '@aqueduct/server/testing';
import { expect, test } from 'vitest';
import { useServer } from './test-api.ts';

const server = useServer();

/** Runs a program with an `experiment` until it ends by itself, and gives what it printed as JSON. */
async function run(program: string): Promise<unknown> {
  const code = `
    import { createReadStream } from 'node:fs';
    import { Readable } from 'node:stream';
    import { API } from '@aqueduct/client';
    const api = new API('${server.url()}', { timeout: 10 });
    const experiment = await api.createExperiment('program', '');
    const nameOf = (promise) => promise.then(() => 'done', ({ name, code }) => name + ' ' + code);
    ${program}`;
  const args = ['--conditions=aqueduct-source', '--input-type=module', '-e', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    timeout: 50_000,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, XDG_STATE_HOME: await temporaryFolder() },
  });
  return JSON.parse(stdout);
}

test('a stream that fails before it is read ends the upload, not the program', async () => {
  const outcomes = await run(`
    const silent = () => new Readable({ read() {} });
    const late = silent();
    setTimeout(() => late.destroy(new Error('late')), 100);
    const outcomes = {
      missing: experiment.uploadFile(createReadStream('/no/such.csv'), { name: 'x.csv' }),
      failing: experiment.uploadFile(
        new Readable({ construct: (done) => done(new Error('no')), read() {} }), { name: 'x' }),
      destroyed: experiment.uploadFile(silent().destroy(new Error('gone')), { name: 'x' }),
      stopped: experiment.uploadFile(silent().destroy(), { name: 'x' }),
      late: experiment.uploadFile(late, { name: 'x' }),
      nameless: experiment.uploadFile(createReadStream('/no/such.csv')),
      wrongOptions: experiment.uploadFile(createReadStream('/no/such.csv'), 'x.csv'),
    };
    for (const what in outcomes) outcomes[what] = nameOf(outcomes[what]);
    for (const what in outcomes) outcomes[what] = await outcomes[what];
    console.log(JSON.stringify({ ...outcomes, files: await experiment.files }));`);
  expect(outcomes).toEqual({
    missing: 'FileUploadError LOCAL_FILE',
    failing: 'FileUploadError LOCAL_FILE',
    destroyed: 'FileUploadError LOCAL_FILE',
    stopped: 'FileUploadError LOCAL_FILE',
    late: 'FileUploadError LOCAL_FILE',
    nameless: 'InvalidArgumentError INVALID_ARGUMENT',
    wrongOptions: 'InvalidArgumentError INVALID_ARGUMENT',
    files: [],
  });
});

test.each([
  ['in one piece', '{ name: "x" }', 'new Blob([new Uint8Array(30_000_000)])'],
  ['that can be resumed', '{ name: "x", resumableFrom: 1 }', 'new Blob([new Uint8Array(30_000_000)])'],
  // It waits for bytes that never come.
  ['of a stream', '{ name: "x" }', 'process.stdin'],
])('an upload %s that is aborted holds up nothing', async (_what, options, source) => {
  const begin = performance.now();
  const outcome = run(`
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error('enough');
    setTimeout(() => controller.abort(reason), 1000);
    const onProgress = () => controller.abort(reason);
    const error = await experiment.uploadFile(${source}, { ...${options}, signal, onProgress }).catch((error) => error);
    console.log(error === reason);`);
  expect(await outcome).toBe(true);
  expect(performance.now() - begin).toBeLessThan(15_000);
});
