import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { verifyInstallation, verifyRecord } from '../verify-installation.ts';

/** Bytes that other processes may be writing are left alone so long; then they are removed (I3: within 60 s). */
const CLEAN_AFTER_MS = 58_000;
const SHOWN_AFTER_MS = 20_000;

/** I3 and I6, which a server that has just been started may take a minute for. */
export function expectClean(dataDir: string, databaseUrl?: string): Promise<void> {
  return expectNothingSoon(() => verifyInstallation(dataDir, databaseUrl), CLEAN_AFTER_MS);
}

/** I6, and of I3 what a start does at once: every row has its bytes, and readable names show them. */
export function expectSound(dataDir: string, databaseUrl?: string): Promise<void> {
  return expectNothingSoon(() => verifyRecord(dataDir, databaseUrl), SHOWN_AFTER_MS);
}

/** By hand: `expect.poll` knows no tests that run beside each other. */
async function expectNothingSoon(look: () => Promise<string[]>, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  let problems = await look();
  while (problems.length > 0 && performance.now() < deadline) {
    await sleep(500);
    problems = await look();
  }
  expect(problems).toEqual([]);
}
