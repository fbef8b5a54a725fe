import type { BigIntStats } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/test-database.ts';
import { fileState } from './file-state.ts';

test('a file has no state until the clock of its file system has gone on', async () => {
  const path = join(await temporaryFolder(), 'file');
  await writeFile(path, 'one');
  const fresh = await stat(path, { bigint: true });
  expect(fileState(fresh)).toBeUndefined();
  await sleep(150);
  expect(fileState(fresh)).toMatch(/^\d+,3,\d+,\d+$/);
});

test.each<[isKnown: string, seconds: number, state: unknown]>([
  ['not yet known', 1, undefined],
  ['known', 3, expect.any(String)],
])('by a clock of whole seconds, the state is %s when %d have passed', async (_, ago, state) => {
  const path = join(await temporaryFolder(), 'file');
  await writeFile(path, 'one');
  const stats = await stat(path, { bigint: true });
  const second = BigInt(Math.floor(Date.now() / 1000) - ago);
  const coarse = { ...stats, ctimeMs: second * 1000n, ctimeNs: second * 1_000_000_000n };
  expect(fileState(coarse as BigIntStats)).toEqual(state);
});
