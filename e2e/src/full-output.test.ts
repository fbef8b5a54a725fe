import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { leftOut, temporaryFolder } from '@aqueduct/server/testing';
import { describe, expect, test } from 'vitest';
import { freePort } from './start-server.ts';

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/aqueduct.js', import.meta.url));
/** Where the system has such a file, each write to it fails as on a full disk. */
const FULL = '/dev/full';

const isLeftOut = leftOut(
  !existsSync(FULL),
  'a command whose output can not be written',
  `there is no ${FULL}`,
);

describe.skipIf(isLeftOut)('a command whose output can not be written', () => {
  test('serves all the same, and else ends with 2 and a sentence', async () => {
    const dataDir = await temporaryFolder();
    const folder = ['--data-dir', dataDir];
    const port = await freePort();
    const server = start('serve', '--port', String(port), ...folder);
    await expect
      .poll(
        () =>
          fetch(`http://localhost:${port}/ready`).then(
            ({ ok }) => ok,
            () => false,
          ),
        { interval: 20 },
      )
      .toBe(true);
    const lost = { code: 2, said: expect.stringMatching(/^The output could not be written: ENOSPC.*\.\n$/) };
    expect(await Promise.all([start('check', ...folder).end, start('--help').end])).toEqual([lost, lost]);
    server.child.kill();
    expect(await server.end).toMatchObject({ code: 0, said: expect.not.stringContaining('ENOSPC') });
  });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['ignore', openSync(FULL, 'w'), 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, AQUEDUCT_FREE_SPACE_RESERVE: '0' },
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const end = once(child, 'close').then(([code]) => ({ code, said }));
  return { child, end };
}
