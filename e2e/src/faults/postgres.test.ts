import { setTimeout as sleep } from 'node:timers/promises';
import { type PostgresServer, startPostgres } from '@aqueduct/server/testing';
import pg from 'pg';
import { beforeAll, describe, test } from 'vitest';
import { type ServerProcess, startServer } from '../start-server.ts';
import { expectClean } from './expect-clean.ts';
import { expectBack, expectNoDuplicates, expectTimely } from './expect-timely.ts';
import { howOften } from './how-often.ts';
import { Load } from './load.ts';
import { family } from './processes.ts';
import { canProvoke } from './tools.ts';

const ROUNDS = howOften(1, 10);
const AWAY_SECONDS = howOften(6, 15);

/** What happens to the database, and what makes it end. */
const FAULTS = {
  'that stops answering': {
    begin: async (postgres: PostgresServer) => signal(postgres, 'SIGSTOP'),
    end: async (postgres: PostgresServer) => signal(postgres, 'SIGCONT'),
  },
  'that crashes and is started again': {
    begin: (postgres: PostgresServer) => postgres.crash(),
    end: (postgres: PostgresServer) => postgres.start(),
  },
  'that cuts all connections': { begin: cutConnections, end: cutConnections },
} as const;

describe.runIf(canProvoke('faults of PostgreSQL', 'processes'))('a PostgreSQL', () => {
  let postgres: PostgresServer;
  let server: ServerProcess;
  beforeAll(async () => {
    postgres = await startPostgres();
    server = await startServer({ databaseUrl: `${postgres.url}/postgres` });
    return async () => {
      await server.stop('SIGKILL');
      await postgres.stop();
    };
  });

  test.each(Object.entries(FAULTS))(
    `%s, ${ROUNDS} times under load`,
    {
      timeout: 120_000 + ROUNDS * 60_000,
    },
    async (_, { begin, end }) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const load = new Load(server.url);
        await load.answered(20);
        await begin(postgres);
        try {
          await sleep(AWAY_SECONDS * 1000);
        } finally {
          await end(postgres);
        }
        await expectBack(load);
        expectTimely(await load.end());
        await load.known.expectKept(server.url);
      }
    },
  );

  test('leaves nothing twice, and nothing half done', { timeout: 120_000 }, async () => {
    await expectNoDuplicates(server.url);
    // Without a restart: the server itself makes right what it could not do while the database was away.
    await expectClean(server.dataDir, `${postgres.url}/postgres`);
  });
});

function signal(postgres: PostgresServer, name: NodeJS.Signals): void {
  for (const pid of family(postgres.pid())) process.kill(pid, name);
}

async function cutConnections(postgres: PostgresServer): Promise<void> {
  const client = new pg.Client({ connectionString: `${postgres.url}/postgres` });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'aqueduct'",
  );
  await client.end();
}
