import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { graphql } from '../graphql-client.ts';
import { ScriptServer } from './script-server.ts';

const FRAGMENT = 'fragment F on TaskData { uuid logFile }';
const LOOK = '$no: Boolean = false, $yes: Boolean = true';

test('a field of the blocking form is refused before the later form starts anything', async () => {
  const running = await ScriptServer.start({ quick: 'true' });
  const ask = (fields: string, more = '') =>
    graphql<{ executeExtension: object }>(
      running.url,
      `mutation ($i: ExecuteExtensionInput!, ${LOOK}) { executeExtension(executeExtensionInput: $i) { ${fields} } } ${more}`,
      { i: input(running), yes: true },
    );
  const used = 'taskStatus @include(if: $yes) resultCode @skip(if: $no)';
  for (const [fields, more] of [
    [`uuid returnCode ${used}`],
    [`uuid code: returnCode ${used}`],
    [`uuid stdout @include(if: $yes) stderr @skip(if: $yes) ${used}`],
    [`uuid ... @include(if: $yes) { ... on TaskData { logExperiment } } ${used}`],
    [`uuid ...F @skip(if: $no) ${used}`, FRAGMENT],
  ] as const) {
    // Read once, then compiled.
    for (let i = 0; i < 3; i += 1) {
      expect(await ask(fields, more)).toMatchObject({
        data: null,
        errors: [{ message: expect.stringContaining('is answered by the blocking form') }],
      });
    }
  }
  expect(await taskCount(running)).toBe(0);

  const left = `... @include(if: $no) { stderr } ...F @include(if: $no) stdout @skip(if: $yes)`;
  for (let i = 0; i < 3; i += 1) {
    expect((await ask(`uuid ${left}`, FRAGMENT)).data?.executeExtension).toHaveProperty('uuid');
  }
  expect(await taskCount(running)).toBe(3);
});

test('nor does a repeated task start for one', async () => {
  const running = await ScriptServer.start({ quick: 'true' });
  const uuid = await running.submit('quick');
  const { errors } = await graphql(
    running.url,
    'mutation ($uuid: UUID!) { rerunTask(taskId: $uuid) { uuid returnCode } }',
    { uuid },
  );
  expect(errors?.[0]?.message).toContain('is answered by the blocking form');
  expect(await taskCount(running)).toBe(1);
});

test('who waits for a task that is cancelled before it runs gets all fields', async () => {
  const running = await ScriptServer.start(
    { long: 'sleep 600', touch: 'touch was-run', next: 'true' },
    { env: { AQUEDUCT_TASKS_AT_ONCE: '1' } },
  );
  const first = await running.submit('long');
  const answer = wait(running, 'touch');
  await expect.poll(() => taskCount(running)).toBe(2);
  const { data } = await graphql<{ tasks: { tasksData: { uuid: string; taskStatus: string }[] } }>(
    running.url,
    '{ tasks(offset: 0, limit: 1) { tasksData { uuid taskStatus } } }',
  );
  const [waiting] = data?.tasks.tasksData ?? [];
  expect(waiting?.taskStatus).toBe('PENDING');
  await running.cancel(waiting?.uuid ?? '');
  const { eid } = running.experiment;
  expect(await answer).toEqual({ returnCode: -1, stdout: '', stderr: '', logExperiment: eid, logFile: '' });
  await running.cancel(first);
  // Its turn would have been before that of the next one.
  await running.end(await running.submit('next'));
  expect(existsSync(join(running.folder, 'was-run'))).toBe(false);
});

test('and so does who waits for one whose log file has no room', async () => {
  const running = await ScriptServer.start(
    { prints: 'echo out; echo err >&2; exit 3' },
    { env: { AQUEDUCT_FREE_SPACE_RESERVE: '1000TiB' } },
  );
  expect(await wait(running, 'prints')).toEqual({
    returnCode: 3,
    stdout: 'out\n',
    stderr: expect.stringMatching(/^err\nThe log file .* could not be saved/),
    logExperiment: running.experiment.eid,
    logFile: '',
  });
});

function input({ experiment: { uuid, eid } }: ScriptServer) {
  return { experimentUuid: uuid, extension: 'Test', action: 'quick', params: [['experiment', eid]] };
}

async function wait(running: ScriptServer, action: string): Promise<unknown> {
  const { data, errors } = await running.execute(action);
  return data?.executeExtension ?? errors;
}

async function taskCount({ url }: ScriptServer): Promise<number | undefined> {
  const { data } = await graphql<{ tasks: { totalTasksCount: number } }>(
    url,
    '{ tasks(offset: 0, limit: 1) { totalTasksCount } }',
  );
  return data?.tasks.totalTasksCount;
}
