import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { verifyInstallation } from '../verify-installation.ts';

/** Bytes that other processes may be writing are left alone so long; then they are removed (I3: within 60 s). */
const CLEAN_AFTER_MS = 58_000;

/** I3 and I6, which a server that has just been started may take a minute for. */
export async function expectClean(dataDir: string, databaseUrl?: string): Promise<void> {
  const deadline = Date.now() + CLEAN_AFTER_MS;
  let problems = await verifyInstallation(dataDir, databaseUrl);
  while (problems.length > 0 && Date.now() < deadline) {
    await sleep(1000);
    problems = await verifyInstallation(dataDir, databaseUrl);
  }
  expect(problems).toEqual([]);
}
