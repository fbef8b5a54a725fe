import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@aqueduct/server/testing';
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
