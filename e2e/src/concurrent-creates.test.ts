import { databases, newDatabase } from '@aqueduct/server/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { create, graphql } from './graphql-client.ts';
import { startServer } from './start-server.ts';

const COUNT = 200;
/** Every tenth of them is refused. */
const MADE = COUNT * 0.9;

describe.each(databases)('EIDs on %s', (database) => {
  test(`of ${COUNT} at once, of which a tenth fails, are numbered 1 to ${MADE}, and none comes back`, async () => {
    const databaseUrl = await newDatabase(database);
    const server = await startServer({ databaseUrl });
    onTestFinished(async () => void (await server.stop()));

    const outcomes = await Promise.allSettled(
      Array.from({ length: COUNT }, (_, i) =>
        create(server.url, `number ${i}`, i % 10 === 9 ? [''] : ['many']),
      ),
    );
    const made = outcomes.filter((each) => each.status === 'fulfilled').map(({ value }) => value);
    const day = made[0]?.eid.split('-')[0];
    expect(new Set(made.map(({ eid }) => eid))).toEqual(
      new Set(Array.from({ length: MADE }, (_, i) => `${day}-${i + 1}`)),
    );

    const last = made.find(({ eid }) => eid === `${day}-${MADE}`);
    await remove(server.url, last?.uuid);
    expect((await create(server.url, 'after a removal')).eid).toBe(`${day}-${MADE + 1}`);

    const { dataDir } = server;
    await remove(server.url, (await create(server.url, 'the last one')).uuid);
    await server.stop();
    const again = await startServer({ databaseUrl, dataDir });
    onTestFinished(async () => void (await again.stop()));
    expect((await create(again.url, 'after a restart')).eid).toBe(`${day}-${MADE + 3}`);
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
