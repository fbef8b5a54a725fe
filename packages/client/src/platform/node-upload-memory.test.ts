import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { leftOut } from '../testing/left-out.ts';

/** No user of any system that runs tests. */
const NOBODYS_UID = 54_321;

const PROGRAM = `
import { uploadMemory } from '${new URL('./node-upload-memory.ts', import.meta.url)}';
const identity = { server: 'http://a/', experimentUuid: 'b', name: 'c', size: 1, file: 'd' };
await uploadMemory.set(identity, { address: 'e', sample: 'f' });
const found = await uploadMemory.get(identity);
await uploadMemory.delete(identity);
console.log(found);
`;

// Only root can run as somebody of whom the system knows nothing, as containers are told to.
test.skipIf(leftOut(process.getuid?.() !== 0, 'a user without a home folder', 'only root can run as one'))(
  'a user without a home folder has none, and no errors',
  () => {
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
      uid: NOBODYS_UID,
      gid: NOBODYS_UID,
      env: {},
      cwd: '/',
      encoding: 'utf8',
    });
    expect(output).toBe('undefined\n');
  },
);

function remember(states: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    env: { XDG_STATE_HOME: states },
    encoding: 'utf8',
    timeout: 20_000,
  });
}

test('the folder is made with those above it, for this user alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aqueduct-client-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  expect(remember(join(folder, 'a', 'b'))).toBe("{ address: 'e', sample: 'f' }\n");
  for (const below of ['a', 'a/b', 'a/b/aqueduct/uploads'])
    expect(statSync(join(folder, below)).mode & 0o777).toBe(0o700);
});

test.skipIf(leftOut(!existsSync('/proc/self'), 'a folder that can not be made', 'there is no /proc'))(
  'where the folder can not be made, nothing is kept, and nobody waits for it',
  () => {
    expect(remember('/proc')).toBe('undefined\n');
  },
);
