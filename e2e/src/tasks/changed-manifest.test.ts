import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { graphql } from '../graphql-client.ts';
import { ScriptServer } from './script-server.ts';

const POWER = `
      - name: power
        data_type: float
`;
const CHANGED = 'The manifest of Test was changed after this task was submitted: ';
const SUBMIT =
  'mutation ($i: ExecuteExtensionInput!) { executeExtension(executeExtensionInput: $i) { uuid } }';

test.each<[what: string, change: (manifest: string) => string, said: string]>([
  ['no longer takes a value', (text) => text.replace('float', 'int'), '1.5 is not int.'],
  [
    'wants another parameter',
    (text) => text.replaceAll(POWER, `${POWER}${POWER.replace('power', 'gain')}`),
    'gain',
  ],
  ['has lost a parameter', (text) => text.replace(POWER, ''), "Unexpected keys: {'power'}"],
  [
    'gives a value another meaning',
    (text) => text.replace('float', 'file'),
    '"power" has the type file now.',
  ],
  ['may do less', (text) => `access: parameters\n${text}`, 'no other experiments'],
])('a task that waited is not run when its action %s', async (_, change, said) => {
  const { running, end } = await waiting();
  const ended = await end(change);
  expect(ended.taskStatus).toBe('FAILURE');
  expect(ended.stdErr).toContain(CHANGED);
  expect(ended.stdErr).toContain(said);
  expect(ended.stdErr).toContain('Submit it again.');
  expect(await readFile(join(running.folder, 'ran'), 'utf8').catch(() => 'not run')).toBe('not run');
});

test('a task that waited runs the script that is there then, where its parameters still hold', async () => {
  const { end } = await waiting();
  const ended = await end((text) =>
    text.replace('touch ran', 'echo now').replace('float', 'float\n        description: in mW'),
  );
  expect(ended).toMatchObject({ taskStatus: 'SUCCESS', stdOut: 'now 1.5\n' });
});

/** A task that waits behind another; it ends after a change of the manifest. */
async function waiting() {
  const running = await ScriptServer.start(
    { first: 'until [ -e go ]; do sleep 0.05; done', works: { script: 'touch ran $power' } },
    { env: { AQUEDUCT_TASKS_AT_ONCE: '1' } },
  );
  const path = join(running.folder, 'manifest.yml');
  const manifest = `${(await readFile(path, 'utf8')).trimEnd()}${POWER}`;
  await writeFile(path, manifest);
  await running.submit('first');
  const params = [
    ['experiment', running.experiment.eid],
    ['power', '1.5'],
  ];
  const { data } = await graphql<{ executeExtension: { uuid: string } }>(running.url, SUBMIT, {
    i: { experimentUuid: running.experiment.uuid, extension: 'Test', action: 'works', params },
  });
  const end = async (change: (manifest: string) => string) => {
    const changed = change(manifest);
    expect(changed).not.toBe(manifest);
    await writeFile(path, changed);
    await writeFile(join(running.folder, 'go'), '');
    return running.end(data?.executeExtension.uuid ?? '');
  };
  return { running, end };
}
