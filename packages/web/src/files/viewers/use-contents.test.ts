import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { contentsQuery } from './use-contents.ts';

const version = (changed: string) =>
  contentsQuery(
    { id: 'log', changed, read: async () => new TextEncoder().encode(changed) },
    { as: 'text', make: (bytes) => new TextDecoder().decode(bytes) },
  );

const versionsIn = (client: QueryClient) =>
  client
    .getQueryCache()
    .findAll({ queryKey: ['contents', 'log', 'text'] })
    .map(({ queryKey }) => queryKey[3]);

test('of a file that grows only the newest version is kept, and the one before is shown until then', async () => {
  const client = new QueryClient();
  const viewer = new QueryObserver(client, version('1'));
  const stop = viewer.subscribe(() => undefined);
  await expect.poll(() => viewer.getCurrentResult().data).toBe('1');
  for (const next of ['2', '3', '4']) {
    viewer.setOptions(version(next));
    expect(viewer.getCurrentResult().data).toBe(String(Number(next) - 1));
    await expect.poll(() => viewer.getCurrentResult().data).toBe(next);
    expect(versionsIn(client)).toEqual([next]);
  }
  stop();
  client.clear();
});

test('a version that another viewer still shows stays', async () => {
  const client = new QueryClient();
  const before = new QueryObserver(client, version('1'));
  const stops = [before.subscribe(() => undefined)];
  await expect.poll(() => before.getCurrentResult().data).toBe('1');
  const after = new QueryObserver(client, version('2'));
  stops.push(after.subscribe(() => undefined));
  await expect.poll(() => after.getCurrentResult().data).toBe('2');
  expect(versionsIn(client)).toEqual(['1', '2']);
  for (const stop of stops) stop();
  client.clear();
});
