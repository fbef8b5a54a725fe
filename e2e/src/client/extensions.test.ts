import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Experiment,
  ExtensionAction,
  InvalidArgumentError,
  RemoteOperationError,
} from '@aqueduct/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { extensionsFolder } from './extensions-folder.ts';
import { useServer } from './test-api.ts';
import { until } from './until.ts';

const { folder, env } = await extensionsFolder();
const server = useServer(env);

const newExperiment = () => server.api().createExperiment('extensions', '');
const action = (name: string, extension = 'Wire types') => server.api().getAction(extension, name);

describe('extensions', () => {
  test('are listed with their actions and parameters', async () => {
    const extensions = await server.api().getExtensions();
    expect(extensions.map(({ name }) => name)).toEqual([
      'Test actions',
      'Wire Größe',
      'Wire odd',
      'Wire types',
    ]);
    const types = extensions.at(-1);
    expect(types).toMatchObject({
      description: 'Every **data type** once, and every way in which an action can end.\n',
      authors: 'wire@example.org, second@example.org',
    });
    expect(types?.actions.map(({ name }) => name)).toEqual(['report', 'fail', 'both', 'silent', 'wait']);
    const [report] = types?.actions ?? [];
    expect(report).toBeInstanceOf(ExtensionAction);
    expect(report).toMatchObject({
      displayName: 'Report',
      description: 'prints what it was given',
      experimentVariableName: 'target',
    });
    expect(report?.extension).toBe(types);
    expect(report?.parameters[0]).toEqual({
      name: 'sample',
      displayName: 'Sample name',
      description: 'a line of text',
      dataType: 'str',
      defaultValue: 'plain',
      options: null,
    });
    expect(report?.parameters.at(-1)).toMatchObject({
      dataType: 'select',
      options: ['red', 'green', 'dark blue'],
    });
  });

  test('have no nulls where a text is meant', async () => {
    const [, plain, odd] = await server.api().getExtensions();
    expect([plain?.description, plain?.actions[0]?.description, plain?.actions[0]?.displayName]).toEqual([
      '',
      '',
      'run',
    ]);
    expect(odd?.actions[0]?.experimentVariableName).toBe('');
  });

  test('an action is found by its names, as they are now', async () => {
    expect(await action('run', 'Wire Größe')).toMatchObject({ name: 'run' });
    const missing = action('no such', 'Wire Größe');
    await expect(missing).rejects.toBeInstanceOf(RemoteOperationError);
    await expect(missing).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(missing).rejects.toThrow(
      `Could not get the action "no such" of "Wire Größe" at ${server.url()}: There is no such action; there is "run".`,
    );
    await expect(action('run', 'Nothing')).rejects.toThrow(
      'There is no such extension; there is "Test actions", ',
    );

    const second = join(folder, 'second');
    await cp(join(folder, 'wire-plain'), second, { recursive: true });
    onTestFinished(() => rm(second, { recursive: true }));
    await expect(action('run', 'Wire Größe')).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('execute', () => {
  const report = (target: Experiment, sample: string) => `sample=[${sample}]
repeats=[12]
ratio=[-0.0015]
target=[${target.eid}]
second_target=[${target.eid}]
remark=[two
lines]
attachment=[raw.csv]
enabled=[0]
disabled=[0]
colour=[dark blue]
wire_word=[constant word]
wire_number=[7]
wire_switch=[True]
aqueduct_url=[http://localhost:8000/]
größe: ok
`;

  test('gives every type of parameter to the script, and defaults for what is not given', async () => {
    const target = await newExperiment();
    const result = await (await action('report')).execute({
      target,
      second_target: target.eid,
      sample: 'S "7" $HOME',
      repeats: 12,
      ratio: -1.5e-3,
      remark: 'two\nlines',
      attachment: 'raw.csv',
      enabled: false,
    });
    expect(result).toEqual({
      returnCode: 0,
      stdout: report(target, 'S "7" $HOME'),
      stderr: 'done with S "7" $HOME\n',
      logExperiment: target.eid,
      logFile: expect.stringMatching(/^Wire types-report-\d{8}-\d{6}.*\.log$/),
    });
    expect(await (await target.readFile(result.logFile)).text()).toBe(
      `result code:\n0\n======\nstdout:\n${result.stdout}\n======\nstderr:\n${result.stderr}\n`,
    );
  });

  test.each([
    ['fail', { message: 'no light' }, 13, 'half done: no light\n', 'could not finish: no light\n'],
    ['both', {}, 0, 'to stdout\n', 'to stderr\n'],
    ['silent', {}, 0, '', ''],
    ['wait', { seconds: 0 }, 0, 'begin\nend\n', ''],
  ])('of %s gives code and outputs', async (name, parameters, returnCode, stdout, stderr) => {
    const target = await newExperiment();
    const result = await (await action(name)).execute({ target, ...parameters });
    expect(result).toMatchObject({ returnCode, stdout, stderr, logExperiment: target.eid });
    expect((await target.files).map((file) => file.name)).toEqual([result.logFile]);
  });

  test('waits 5 s for its end with the timeout of 0.5 s', async () => {
    const target = await newExperiment();
    const begin = performance.now();
    const wait = await server.api({ timeout: 0.5 }).getAction('Wire types', 'wait');
    expect(await wait.execute({ target, seconds: 5 })).toMatchObject({
      stdout: 'begin\nend\n',
    });
    expect(performance.now() - begin).toBeGreaterThan(5000);
  });

  test("tells the server's refusals in its words", async () => {
    const target = await newExperiment();
    const wait = await action('wait');
    const refused = wait.execute({ target, seconds: 'soon' });
    await expect(refused).rejects.toMatchObject({ name: 'RemoteOperationError', reason: 'soon is not int.' });
    await expect(refused).rejects.toThrow(
      `Could not execute "wait" of "Wire types" at ${server.url()}: soon is not int.`,
    );
    await expect(wait.execute({ target: 'hello', seconds: 1 })).rejects.toThrow('hello is not a valid EID.');
    await expect(wait.submit({ target, seconds: 1.5 })).rejects.toThrow('1.5 is not int.');
    await expect(wait.submit({ target: '20000101-1', seconds: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const homeless = await action('homeless', 'Wire odd');
    await expect(homeless.execute({ word: 'x' })).rejects.toThrow(
      'Action Wire odd:homeless has no experiment parameters',
    );
    await expect(homeless.submit({ word: 'x' })).rejects.toBeInstanceOf(InvalidArgumentError);
    await expect(homeless.submit({ word: 'x' }, { experiment: target })).rejects.toThrow(
      'Action Wire odd:homeless has no experiment parameters',
    );
  });

  test('who stops waiting does not stop the action', async () => {
    const target = await newExperiment();
    const controller = new AbortController();
    const reason = new Error('enough');
    const executing = (await action('wait')).execute({ target, seconds: 2 }, { signal: controller.signal });
    executing.catch(() => undefined);
    const [task] = await until(
      () => server.api().getTasks({ experimentUuid: target.uuid }),
      (tasks) => tasks.length > 0,
    );
    controller.abort(reason);
    await expect(executing).rejects.toBe(reason);
    expect(await task?.wait()).toMatchObject({ taskStatus: 'SUCCESS', stdOut: 'begin\nend\n' });
  });
});
