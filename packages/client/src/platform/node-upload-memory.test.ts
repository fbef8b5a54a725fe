import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
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
