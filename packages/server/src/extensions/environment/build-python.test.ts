import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { buildPython } from './build-python.ts';
import { installPackages } from './install-packages.ts';
import { anyPython } from './python-requirements.ts';

/** A task that is cancelled a moment later; its programs would go on for half a minute. */
function cancelledTask() {
  const cancel = new AbortController();
  setTimeout(() => cancel.abort('cancelled'), 200);
  return { run: async () => 0, print: () => undefined, signal: cancel.signal };
}

test.each<[string, string[], (folder: string) => Promise<unknown>]>([
  ['uv', ['uv'], (folder) => buildPython(folder, anyPython, cancelledTask())],
  ['a Python', ['python3', 'python3.12'], (folder) => buildPython(folder, anyPython, cancelledTask())],
  ['npm', ['npm'], (folder) => installPackages(folder, { log: '', isLocked: false }, cancelledTask())],
])('a task that is cancelled does not wait for %s that hangs', async (_what, names, prepare) => {
  const folder = await temporaryFolder();
  for (const name of names) {
    const path = join(folder, name);
    await writeFile(path, '#!/bin/sh\nexec /bin/sleep 30\n');
    await chmod(path, 0o755);
  }
  vi.stubEnv('PATH', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const start = performance.now();
  await expect(prepare(folder)).rejects.toBe('cancelled');
  expect(performance.now() - start).toBeLessThan(5000);
});
