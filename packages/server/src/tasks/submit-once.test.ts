import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Context } from '../access/context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { anotherRequest, testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { executeExtension } from './execute-extension.ts';
import { findTasks } from './find-tasks.ts';
import { rerunTask } from './rerun-task.ts';
import { runRecordOf } from './run-record.ts';

describe.each(databases)('on %s', (database) => {
  test('a repeat is answered with the task that runs, whatever has become of its extension', async () => {
    const ctx = await testContext(database);
    const at = await newExperiment(ctx);
    await writeManifest(ctx, 'at', 'power');
    const params = [
      ['at', at.eid],
      ['power', '1'],
    ];
    const execute = async (key: string, value = params) => {
      const input = { experimentUuid: at.uuid, extension: 'Lab', action: 'run', params: value };
      const request = described(anotherRequest(ctx, key), value);
      return (await executeExtension(request, { executeExtensionInput: input }, () => undefined)).uuid;
    };
    const rerun = async (key: string) =>
      (await rerunTask(described(anotherRequest(ctx, key), []), task, [])).uuid;
    const task = await execute('one');
    const again = await rerun('again');

    await writeManifest(ctx, 'at', 'power', 'span');
    expect([await execute('one'), await rerun('again')]).toEqual([task, again]);
    await rm(join(ctx.config.extensionsDir, 'lab'), { recursive: true });
    expect([await execute('one'), await rerun('again')]).toEqual([task, again]);
    expect((await allTasks(ctx)).toSorted()).toEqual([task, again].toSorted());

    const gone = 'There should be exactly 1 extension with name Lab';
    await expect(execute('two')).rejects.toThrow(gone);
    await expect(rerun('three')).rejects.toThrow(gone);
    await expect(execute('one', [])).rejects.toMatchObject({ code: 'KEY_REUSED' });
    // What was refused is no task: mended, it runs.
    await writeManifest(ctx, 'at', 'power');
    expect([task, again]).not.toContain(await execute('two'));
  });

  test('a repeat is not answered to who may not see the experiment any more', async () => {
    const ctx = await testContext(database);
    const at = await newExperiment(ctx);
    await writeManifest(ctx, 'at');
    const input = { experimentUuid: at.uuid, extension: 'Lab', action: 'run', params: [['at', at.eid]] };
    const ask = (request: Context) =>
      executeExtension(request, { executeExtensionInput: input }, () => undefined);
    const { uuid } = await ask(anotherRequest(ctx, 'key'));
    expect((await ask(anotherRequest(ctx, 'key'))).uuid).toBe(uuid);
    const viewer = { ...ctx.viewer, only: new Set<string>() };
    await expect(ask({ ...anotherRequest(ctx, 'key'), viewer })).rejects.toThrow(
      'Experiment not found in the database.',
    );
  });

  test('a task runs again without the parameters that its action has no more; those given must be known', async () => {
    const ctx = await testContext(database);
    const at = await newExperiment(ctx);
    await writeManifest(ctx, 'at', 'power', 'span');
    const params = [
      ['at', at.eid],
      ['power', '1'],
      ['span', '2'],
    ];
    const input = { experimentUuid: at.uuid, extension: 'Lab', action: 'run', params };
    const { uuid } = await executeExtension(ctx, { executeExtensionInput: input }, () => undefined);
    const rerun = async (...overrides: string[][]) => {
      const task = await rerunTask(anotherRequest(ctx), uuid, overrides);
      return (await runRecordOf(ctx, task)).parameters.map(({ name, value }) => [name, value]);
    };

    await writeManifest(ctx, 'at', 'power');
    expect(await rerun()).toEqual(params.slice(0, 2));
    await expect(rerun(['span', '3'])).rejects.toThrow("Missing keys: set(); Unexpected keys: {'span'}");
    await writeManifest(ctx, 'at', 'power', 'width');
    await expect(rerun()).rejects.toThrow("Missing keys: {'width'}; Unexpected keys: set()");
    expect(await rerun(['width', '4'])).toEqual([...params.slice(0, 2), ['width', '4']]);
  });

  test('of two values for the experiment the last counts, also for where the task belongs', async () => {
    const ctx = await testContext(database);
    const [at, other, last] = [await newExperiment(ctx), await newExperiment(ctx), await newExperiment(ctx)];
    await writeManifest(ctx, 'at');
    const input = { experimentUuid: at.uuid, extension: 'Lab', action: 'run', params: [['at', at.eid]] };
    const { uuid } = await executeExtension(ctx, { executeExtensionInput: input }, () => undefined);
    const again = await rerunTask(ctx, uuid, [
      ['at', other.eid],
      ['at', last.eid],
    ]);
    expect(again).toMatchObject({ experimentId: last.id, rerunOf: uuid });
    expect((await runRecordOf(ctx, again)).parameters.map(({ value }) => value)).toEqual([last.eid]);
  });
});

const newExperiment = (ctx: Context) => createExperiment(ctx, { title: 'x', description: '', tags: [] });

/** As a request does before its first write. */
function described(ctx: Context, input: unknown): Context {
  ctx.idempotency?.describeInput(JSON.stringify(input));
  return ctx;
}

async function allTasks(ctx: Context): Promise<string[]> {
  return (await findTasks(ctx, { offset: 0, limit: 100 })).tasks.map(({ uuid }) => uuid);
}

/** An extension whose action takes an experiment and texts. */
async function writeManifest({ config }: Context, experiment: string, ...texts: readonly string[]) {
  const folder = join(config.extensionsDir, 'lab');
  await mkdir(folder, { recursive: true });
  const parameters = [
    `{name: ${experiment}, data_type: experiment}`,
    ...texts.map((name) => `{name: ${name}, data_type: str}`),
  ];
  const action = `{name: run, script: 'true', parameters: [${parameters.join(', ')}]}`;
  await writeFile(join(folder, 'manifest.yml'), `name: Lab\nauthors: a\nactions: [${action}]\n`);
}
