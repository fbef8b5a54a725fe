import { lstat, open } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { handPut } from './testing/installation.ts';
import { askLsof, writersOf } from './writers-of.ts';

test('lsof, where there is one, tells who has a file open for writing', async () => {
  const path = await handPut('as it was');
  const other = await handPut('another');
  const files = await Promise.all(
    [path, other].map(async (each) => ({ path: each, stats: await lstat(each, { bigint: true }) })),
  );
  const whoHas = async () => {
    const find = await askLsof(files);
    return find && files.map(find);
  };
  if ((await whoHas()) === undefined) return;
  const reader = await open(path, 'r');
  expect(await whoHas()).toEqual([undefined, undefined]);
  const writer = await open(path, 'a');
  const us = expect.stringContaining(`process ${process.pid} (`) as string;
  expect(await whoHas()).toEqual([us, undefined]);
  await Promise.all([reader.close(), writer.close()]);
});

test('who writes to a file of another user is not known, but where nothing is hidden', async () => {
  const path = await handPut('as it was');
  const stats = await lstat(path, { bigint: true });
  const ofAnother = { path, stats: { ...stats, uid: stats.uid + 1n } };
  const isRoot = process.getuid?.() === 0;
  expect(await writersOf([{ path, stats }, ofAnother])).toMatchObject([
    { is: 'none' },
    { is: isRoot ? 'none' : 'unseen' },
  ]);
});
