import {
  type API,
  InvalidArgumentError,
  Task,
  type TaskOutputChunk,
  type TaskSnapshot,
} from '@aqueduct/client';
import { describe, expect, test } from 'vitest';
import { extensionsFolder } from './extensions-folder.ts';
import { useServer } from './test-api.ts';
import { until } from './until.ts';

const { env } = await extensionsFolder();
const server = useServer(env);

const newExperiment = () => server.api().createExperiment('tasks', '');
const action = (name: string, extension = 'Wire types') => server.api().getAction(extension, name);

async function chunksOf(task: Task, options?: Parameters<Task['output']>[0]): Promise<TaskOutputChunk[]> {
  return Array.fromAsync(task.output(options));
}

const textOf = (chunks: readonly TaskOutputChunk[], stream: 'stdout' | 'stderr') =>
  chunks
    .filter((chunk) => chunk.stream === stream)
    .map(({ text }) => text)
    .join('');

describe('a task', () => {
  test('is what was asked for, then its end', async () => {
    const target = await newExperiment();
    const task = await (await action('fail')).submit({ target, message: 'm' });
    expect(task).toMatchObject({
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      extensionName: 'Wire types',
      actionName: 'fail',
      createdBy: 'admin',
      receivedAtExact: expect.stringMatching(/\.\d{6}\+00:00$/),
      experiment: { uuid: target.uuid, eid: target.eid },
    });
    expect(task.parameters.map(({ key, value }) => [key.name, key.dataType, value])).toEqual([
      ['target', 'experiment', target.eid],
      ['message', 'str', 'm'],
    ]);
    const end = await task.wait();
    expect(end).toEqual({
      uuid: task.uuid,
      eid: target.eid,
      experimentUuid: target.uuid,
      extensionName: 'Wire types',
      actionName: 'fail',
      parameters: task.parameters,
      createdBy: 'admin',
      receivedAt: task.receivedAt,
      receivedAtExact: task.receivedAtExact,
      taskStatus: 'FAILURE',
      startedAt: expect.any(Date),
      endedAt: expect.any(Date),
      resultCode: 13,
      stdOut: 'half done: m\n',
      stdErr: 'could not finish: m\n',
      inputs: [],
      outputs: [],
      environment: {
        script: expect.stringContaining('exit 13'),
        extensionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        interpreter: expect.stringContaining('sh'),
        packages: [],
        serverVersion: expect.any(String),
      },
      rerunOf: null,
      viewerCanCancel: false,
    } satisfies TaskSnapshot);
    expect(await task.fetch()).toEqual(end);
    expect(
      await Promise.all([task.taskStatus, task.resultCode, task.stdOut, task.stdErr, task.endedAt]),
    ).toEqual([end.taskStatus, end.resultCode, end.stdOut, end.stdErr, end.endedAt]);
    expect(await target.files).toEqual([]);

    const again = await server.api().getTask(task.uuid.toUpperCase());
    expect(again).toBeInstanceOf(Task);
    expect(again).toEqual(task);
    expect(await task.wait()).toEqual(end);
  });

  test('belongs to the experiment of its first experiment parameter, by EID too, or to the one named', async () => {
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => newExperiment()));
    if (!first || !second || !third) throw new Error('unreachable');
    const report = await action('report');
    const values = { target: first.eid, second_target: second, remark: '', attachment: '' };
    expect((await report.submit(values)).experiment.uuid).toBe(first.uuid);
    expect((await report.submit(values, { experiment: third })).experiment.uuid).toBe(third.uuid);
  });

  test('is unknown until it has ended, and shows its lines while it runs; cancelled it is REVOKED', async () => {
    const target = await newExperiment();
    const task = await (await action('wait')).submit({ target, seconds: 100 });
    const seen: string[] = [];
    for await (const { text } of task.output()) {
      seen.push(text);
      expect(
        await Promise.all([task.taskStatus, task.endedAt, task.resultCode, task.stdOut, task.stdErr]),
      ).toEqual(['STARTED', null, null, null, null]);
      expect(await task.fetch()).toMatchObject({ viewerCanCancel: true, startedAt: expect.any(Date) });
      await expect(task.wait({ timeout: 0.2 })).rejects.toMatchObject({ code: 'TIMEOUT' });
      await task.cancelTask();
    }
    expect(seen).toEqual(['begin\n']);
    expect(await task.wait()).toMatchObject({
      taskStatus: 'REVOKED',
      stdOut: 'begin\n',
      viewerCanCancel: false,
    });
    await task.cancelTask();
    expect(await task.taskStatus).toBe('REVOKED');
  });

  test('that has ended gives its whole output again, or what is behind a number', async () => {
    const experiment = await newExperiment();
    const task = await (await action('count', 'Test actions')).submit({ experiment, lines: 3, pause: 0.3 });
    const chunks = await chunksOf(task);
    expect(textOf(chunks, 'stdout')).toBe('größe 1\ngröße 2\ngröße 3\n');
    expect(textOf(chunks, 'stderr')).toBe('stderr 1\nstderr 2\nstderr 3\n');
    await task.wait();
    const asked = performance.now();
    expect(await chunksOf(task)).toEqual(chunks);
    // Nothing is waited for that comes no more.
    expect(performance.now() - asked).toBeLessThan(800);
    expect(await chunksOf(task, { after: 2 })).toEqual(chunks.slice(2));
    expect(await chunksOf(task, { after: 1000 })).toEqual([]);
  });

  test('can be run again, with other values', async () => {
    const target = await newExperiment();
    const task = await (await action('fail')).submit({ target, message: 'one' });
    const same = await task.rerun();
    expect(await same.wait()).toMatchObject({ stdOut: 'half done: one\n', rerunOf: task.uuid });
    const other = await task.rerun({ message: 'two' });
    expect(other.experiment.uuid).toBe(target.uuid);
    expect(await other.wait()).toMatchObject({ stdOut: 'half done: two\n', rerunOf: task.uuid });
    await expect(task.rerun({ massage: 'x' })).rejects.toMatchObject({
      name: 'RemoteOperationError',
      code: 'BAD_INPUT',
    });
  });

  test('tells which files it was given, read and uploaded', async () => {
    const experiment = await newExperiment();
    await experiment.uploadFile(new Blob(['1 2 3']), { name: 'numbers.txt' });
    const task = await (await action('double', 'Test actions')).submit({ experiment, source: 'numbers.txt' });
    const { taskStatus, stdErr, inputs, outputs } = await task.wait();
    expect([taskStatus, stdErr]).toEqual(['SUCCESS', '']);
    const [doubled, numbers] = (await experiment.files).toSorted((a, b) => a.name.localeCompare(b.name));
    const where = { eid: experiment.eid, experimentUuid: experiment.uuid };
    expect(inputs).toEqual([
      {
        ...where,
        name: 'numbers.txt',
        size: 5,
        sha256: numbers?.sha256,
        given: true,
        readAt: expect.any(Date),
      },
    ]);
    expect(outputs).toEqual([
      { ...where, name: 'doubled.txt', size: 5, sha256: doubled?.sha256, uploadedAt: expect.any(Date) },
    ]);
    expect(await (await experiment.readFile('doubled.txt')).text()).toBe('2 4 6');
  });

  test('ends for those who wait when its experiment is removed', async () => {
    const api = server.api();
    const target = await newExperiment();
    const task = await (await action('wait')).submit({ target, seconds: 100 });
    const waiting = task.wait();
    const reading = chunksOf(task);
    waiting.catch(() => undefined);
    reading.catch(() => undefined);
    await until(
      () => task.taskStatus,
      (status) => status === 'STARTED',
    );
    await api.removeExperimentByEid(target.eid);
    await expect(waiting).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'NOT_FOUND' });
    await expect(reading).rejects.toMatchObject({ name: 'RemoteOperationError', code: 'NOT_FOUND' });
    await expect(task.taskStatus).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(task.cancelTask()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('getTasks', () => {
  test('finds by experiment, extension, action, user and time, the newest first, page by page', async () => {
    const api = server.api();
    const target = await newExperiment();
    const silent = await (await action('silent')).submit({ target });
    const both = await (await action('both')).submit({ target });
    const run = await (await action('run', 'Wire Größe')).submit({ experiment: target });
    const found = async (options: Parameters<API['getTasks']>[0]) =>
      (await api.getTasks({ experimentUuid: target.uuid, ...options })).map(({ uuid }) => uuid);

    expect(await found({})).toEqual([run.uuid, both.uuid, silent.uuid]);
    expect((await api.getTasks({ limit: 1 })).map(({ uuid }) => uuid)).toEqual([run.uuid]);
    expect(await found({ limit: 1, offset: 1 })).toEqual([both.uuid]);
    expect(await found({ extensionName: 'Wire types' })).toEqual([both.uuid, silent.uuid]);
    expect(await found({ extensionName: 'Wire types', actionName: 'silent' })).toEqual([silent.uuid]);
    expect(await found({ extensionName: '' })).toEqual([]);
    expect(await found({ username: 'admin' })).toHaveLength(3);
    expect(await found({ username: 'nobody' })).toEqual([]);
    const { receivedAtExact: startDatetime } = both;
    expect(await found({ startDatetime, endDatetime: startDatetime })).toEqual([both.uuid]);
    expect(await found({ startDatetime: both.receivedAt })).toContain(run.uuid);
    expect(await found({ endDatetime: both.receivedAt })).toContain(silent.uuid);
    expect(await found({ startDatetime: new Date(Date.now() + 60_000) })).toEqual([]);
    await expect(found({ limit: 501 })).rejects.toThrow('Maximum allowed limit for experiments is 500');
  });
});

test('an aborted signal gives up any request, with its reason', async () => {
  const api = server.api();
  const target = await newExperiment();
  const silent = await action('silent');
  const task = await silent.submit({ target });
  const reason = new Error('changed my mind');
  const signal = AbortSignal.abort(reason);
  const calls = [
    () => api.getExtensions({ signal }),
    () => api.getAction('Wire types', 'silent', { signal }),
    () => api.getTask(task.uuid, { signal }),
    () => api.getTasks({ signal }),
    () => silent.execute({ target }, { signal }),
    () => silent.submit({ target }, { signal }),
    () => task.fetch({ signal }),
    () => task.wait({ signal }),
    () => chunksOf(task, { signal }),
    () => task.cancelTask({ signal }),
    () => task.rerun({}, { signal }),
  ];
  for (const call of calls) await expect(call(), String(call)).rejects.toBe(reason);
  expect(await api.getTasks({ experimentUuid: target.uuid })).toHaveLength(1);
});

test('wrong arguments are refused before anything is sent', async () => {
  const api = server.api();
  const target = await newExperiment();
  const silent = await action('silent');
  const task = await silent.submit({ target });
  const wrong = 1 as unknown as string;
  const calls = [
    () => api.getAction('', 'x'),
    () => api.getAction('x', wrong),
    () => api.getTask('20240101-1'),
    () => api.getTasks({ limit: 0 }),
    () => api.getTasks({ offset: -1 }),
    () => api.getTasks({ extensionName: wrong }),
    () => api.getTasks({ username: wrong }),
    () => api.getTasks({ experimentUuid: target.eid }),
    () => api.getTasks({ startDatetime: new Date('no date') }),
    () => silent.execute(),
    () => silent.execute({ target: {} as unknown as string }),
    () => silent.submit({ target, more: 1 }),
    () => task.wait({ timeout: -1 }),
    () => task.wait({ timeout: 3_000_000 }),
    async () => task.output({ after: 0.5 }),
    () => task.rerun({ target: null as unknown as string }),
  ];
  for (const call of calls) await expect(call(), String(call)).rejects.toBeInstanceOf(InvalidArgumentError);
  expect(await api.getTasks({ experimentUuid: target.uuid })).toHaveLength(1);
});
