import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { redoNames } from './redo-names.ts';

test('names are made right when the disk is back or has room again, and others not again', async () => {
  const ctx = await testContext('SQLite');
  const tries: string[] = [];
  const codes = ['ENOSPC', 'EDQUOT', 'EIO', 'EINVAL'];
  redoNames(ctx, codes, async (code) => {
    const isFirst = !tries.includes(code);
    tries.push(code);
    if (isFirst) throw Object.assign(new Error('it can not be linked'), { code });
  });
  await expect.poll(() => tries.length).toBe(7);
  await sleep(100);
  expect(tries.toSorted()).toEqual(['EDQUOT', 'EDQUOT', 'EINVAL', 'EIO', 'EIO', 'ENOSPC', 'ENOSPC']);
});
