import { fileURLToPath } from 'node:url';
import { databases, newDatabase, type TestDatabase } from '@aqueduct/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bindings, compareReply, loadScenarios, perform, type Scenario } from '../wire/replay.mjs';
import { type ServerProcess, startServer } from './start-server.ts';

const WIRE = fileURLToPath(new URL('../wire/', import.meta.url));
const scenarios = loadScenarios(`${WIRE}exchanges`);

/** Its recording compares the length of a file that holds EIDs of one digit: it gets a server of its own. */
const ALONE = 'execute-blocking';

/** Queries are compiled when they come again: every round must answer the same. */
const ROUNDS = 2;

describe.each(databases)('recorded from the original, on %s', (database) => {
  describe('one scenario after the other', () => {
    replayAll(database, (name) => name !== ALONE);
  });
  describe('alone', () => {
    replayAll(database, (name) => name === ALONE);
  });
});

function replayAll(database: TestDatabase, isWanted: (name: string) => boolean): void {
  let server: ServerProcess;
  beforeAll(async () => {
    const env = {
      // The recorded web pages came from this address.
      AQUEDUCT_PUBLIC_URL: 'http://localhost:3000',
      AQUEDUCT_EXTENSIONS_DIR: `${WIRE}extensions`,
    };
    server = await startServer({ databaseUrl: await newDatabase(database), env });
  });
  afterAll(() => server.stop());

  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const scenario of scenarios.filter(({ name }) => isWanted(name))) {
      if (scenario.needs === 'empty' && round > 1) continue;
      test(`${scenario.name}, round ${round}`, async () => {
        const { differences, leftOut } = await replay(server.url, scenario);
        if (leftOut > 0 && round === 1)
          console.log(`${scenario.name}: ${leftOut} steps left out (no right answer is named)`);
        expect(differences).toEqual([]);
      });
    }
  }
}

async function replay(base: string, scenario: Scenario) {
  const bindings = new Bindings();
  const differences: string[] = [];
  let leftOut = 0;
  for (const step of scenario.steps) {
    // Where the original is wrong, the right answer that is named counts.
    const judged = step.known_flaw && step.right ? { ...step, response: step.right } : step;
    const reply = await perform(base, judged, bindings);
    if (step.known_flaw && !step.right) leftOut += 1;
    else {
      differences.push(
        ...compareReply(judged, reply, bindings).map((difference) => `${step.name}: ${difference}`),
      );
    }
  }
  return { differences, leftOut };
}
