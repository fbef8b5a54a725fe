import { setTimeout as sleep } from 'node:timers/promises';
import { API, type TaskOutputChunk } from '@aqueduct/client';
import { temporaryFolder } from '@aqueduct/server/testing';
import { expect, onTestFinished, test } from 'vitest';
import { freePort, startServer } from '../start-server.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { extensionsFolder } from './extensions-folder.ts';
import { until } from './until.ts';

const { env } = await extensionsFolder();

const textOf = (chunks: readonly TaskOutputChunk[], stream: 'stdout' | 'stderr') =>
  chunks
    .filter((chunk) => chunk.stream === stream)
    .map(({ text }) => text)
    .join('');

test('a connection that is cut again and again loses no line and repeats none, and the end is seen', async () => {
  const server = await startServer({ env });
  onTestFinished(async () => void (await server.stop()));
  const proxy = await startCuttingProxy(server.url);
  onTestFinished(() => proxy.close());
  const api = new API(proxy.url, { timeout: 5 });
  const experiment = await api.createExperiment('cut', '');
  const action = await api.getAction('Test actions', 'count');
  const lines = 30;
  const task = await action.submit({ experiment, lines, pause: 0.1 });
  const waiting = task.wait();
  const found: TaskOutputChunk[] = [];
  let cuts = 0;
  for await (const chunk of task.output()) {
    found.push(chunk);
    if (found.length % 7 === 0) {
      proxy.cut();
      cuts += 1;
    }
  }
  expect(cuts).toBeGreaterThan(1);
  const numbers = Array.from({ length: lines }, (_, i) => i + 1);
  expect(textOf(found, 'stdout')).toBe(numbers.map((n) => `größe ${n}\n`).join(''));
  expect(textOf(found, 'stderr')).toBe(numbers.map((n) => `stderr ${n}\n`).join(''));
  expect(found.map(({ sequence }) => sequence)).toEqual(found.map((_, i) => i + 1));
  expect(await waiting).toMatchObject({ taskStatus: 'SUCCESS', resultCode: 0 });
});

test('who follows a task over the death of its server sees how it ended', async () => {
  const dataDir = await temporaryFolder();
  const port = await freePort();
  const first = await startServer({ env, dataDir, port });
  onTestFinished(async () => void (await first.stop('SIGKILL')));
  const api = new API(first.url, { timeout: 5 });
  const experiment = await api.createExperiment('killed', '');
  const task = await (await api.getAction('Wire types', 'wait')).submit({ target: experiment, seconds: 300 });
  const waiting = task.wait();
  const reading = Array.fromAsync(task.output());
  await until(
    () => api.getTask(task.uuid).then(({ taskStatus }) => taskStatus),
    (status) => status === 'STARTED',
  );
  for await (const { text } of task.output()) if (text === 'begin\n') break;

  await first.stop('SIGKILL');
  await sleep(1000);
  const second = await startServer({ env, dataDir, port });
  onTestFinished(async () => void (await second.stop()));

  expect(await waiting).toMatchObject({ taskStatus: 'FAILURE', stdOut: 'begin\n' });
  expect(textOf(await reading, 'stdout')).toBe('begin\n');
});
