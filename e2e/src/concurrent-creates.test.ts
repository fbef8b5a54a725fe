import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create, graphql } from './graphql-client.ts';
import { startServer } from './start-server.ts';

const COUNT = 200;

describe.each(databases)('EIDs on %s', (database) => {
  test(`${COUNT} at once are numbered 1 to ${COUNT}, and none comes back`, async () => {
    const databaseUrl = await newDatabase(database);
    const server = await startServer({ databaseUrl });
    onTestFinished(async () => void (await server.stop()));

    const made = await Promise.all(
      Array.from({ length: COUNT }, (_, i) => create(server.url, `number ${i}`, ['many'])),
    );
    const day = made[0]?.eid.split('-')[0];
    expect(new Set(made.map(({ eid }) => eid))).toEqual(
      new Set(Array.from({ length: COUNT }, (_, i) => `${day}-${i + 1}`)),
    );

    const last = made.find(({ eid }) => eid === `${day}-${COUNT}`);
    await remove(server.url, last?.uuid);
    expect((await create(server.url, 'after a removal')).eid).toBe(`${day}-${COUNT + 1}`);

    const { dataDir } = server;
    await remove(server.url, (await create(server.url, 'the last one')).uuid);
    await server.stop();
    const again = await startServer({ databaseUrl, dataDir });
    onTestFinished(async () => void (await again.stop()));
    expect((await create(again.url, 'after a restart')).eid).toBe(`${day}-${COUNT + 3}`);
  });
});

async function remove(base: string, uuid: string | undefined): Promise<void> {
  const { errors } = await graphql(
    base,
    'mutation ($u: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $u}) }',
    { u: uuid },
  );
  expect(errors).toBeUndefined();
}
