import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@aqueduct/server/testing';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { graphql } from './graphql-client.ts';
import { startServer } from './start-server.ts';
import { verifyInstallation } from './verify-installation.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

const ALL = `query ($archived: [String!]) {
  experiments(offset: 0, limit: 10, filters: {shouldIncludeTags: $archived}) {
    totalExperimentsCount
    experimentsData { eid title tags files { name sha256 createdBy producedBy { uuid } } }
  }
}`;

test('a data folder of the first version is opened with everything in it', async () => {
  const dataDir = await temporaryFolder();
  await cp(`${FIXTURES}data-folder-0001`, dataDir, { recursive: true });
  const server = await startServer({ dataDir });
  onTestFinished(async () => void (await server.stop()));

  const live = await graphql(server.url, ALL, {});
  expect(live).toMatchObject({
    data: {
      experiments: {
        totalExperimentsCount: 2,
        experimentsData: [
          { eid: '20261125-2', title: 'Größe ΔΩ', files: [{ name: 'größe.json', producedBy: null }] },
          {
            eid: '20261125-1',
            tags: ['Qubit-3', 'rabi'],
            files: [{ name: 'Data.csv' }, { name: 'data.csv' }],
          },
        ],
      },
    },
  });
  const archived = await graphql(server.url, ALL, { archived: ['__archived__'] });
  expect(archived).toMatchObject({ data: { experiments: { experimentsData: [{ eid: '20261125-3' }] } } });
  await expect.poll(() => verifyInstallation(dataDir, undefined), { timeout: 20_000 }).toEqual([]);
});

test('output of tasks of an earlier version is kept, and goes with its experiment', async () => {
  const dataDir = await temporaryFolder();
  await cp(`${FIXTURES}data-folder-0009`, dataDir, { recursive: true });
  const server = await startServer({ dataDir });
  onTestFinished(async () => void (await server.stop()));

  const tasks =
    '{ tasks(offset: 0, limit: 5) { tasksData { taskStatus stdOut stdErr experiment { uuid eid } } } }';
  const { data } = await graphql<{ tasks: { tasksData: { experiment: { uuid: string } }[] } }>(
    server.url,
    tasks,
  );
  expect(data?.tasks.tasksData).toMatchObject([
    {
      taskStatus: 'SUCCESS',
      stdOut: 'one\nthree\n',
      stdErr: 'zwei äöü\n',
      experiment: { eid: '20261127-1' },
    },
  ]);
  await expect.poll(() => verifyInstallation(dataDir, undefined), { timeout: 20_000 }).toEqual([]);

  const removal = 'mutation ($uuid: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $uuid}) }';
  const removed = await graphql(server.url, removal, { uuid: data?.tasks.tasksData[0]?.experiment.uuid });
  expect(removed.errors).toBeUndefined();
  const record = new Sqlite(`${dataDir}/aqueduct.db`, { readonly: true });
  onTestFinished(() => void record.close());
  const left = record
    .prepare('select (select count(*) from task_output) + (select count(*) from doomed_output)')
    .pluck();
  await expect.poll(() => left.get()).toBe(0);
});
