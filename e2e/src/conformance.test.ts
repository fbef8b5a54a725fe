import { fileURLToPath } from 'node:url';
import { databases, newDatabase } from '@aqueduct/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bindings, compareReply, loadScenarios, perform, type Scenario, type Step } from '../wire/replay.mjs';
import { type ServerProcess, startServer } from './start-server.ts';

const scenarios = loadScenarios(fileURLToPath(new URL('../wire/exchanges', import.meta.url)));

/** Of scenarios without extensions everything is replayed; these steps of the others speak of tasks or their output. */
const ABOUT_TASKS = /executeExtension|cancelTask|\btasks?\b\s*\(|\bextensions\b/;
const SHOWS_TASKS = /<stamp|"tasks":\[\{/;
/** Refusals that an installation without extensions gives as well. */
const REFUSALS =
  /^(unknown extension|empty names|the name of an extension in another case|unknown experiment|tasks|unknown task|cancel an unknown|a nullable field)/;

/** Queries are compiled when they come again: every round must answer the same. */
const ROUNDS = 3;

describe.each(databases)('recorded from the original, on %s', (database) => {
  let server: ServerProcess;
  beforeAll(async () => {
    // The recorded web pages came from this address.
    const env = { AQUEDUCT_PUBLIC_URL: 'http://localhost:3000' };
    server = await startServer({ databaseUrl: await newDatabase(database), env });
  });
  afterAll(() => server.stop());

  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const scenario of scenarios) {
      if (scenario.needs === 'empty' && round > 1) continue;
      const steps = scenario.steps.filter((step) => !needsExtension(scenario, step));
      if (steps.length === 0) continue;
      test(`${scenario.name}, round ${round}`, async () => {
        const { differences, replayed } = await replay(server.url, scenario, steps);
        const leftOut = scenario.steps.length - replayed;
        if (leftOut > 0 && round === 1)
          console.log(
            `${scenario.name}: ${replayed} steps replayed, ${leftOut} left out (they need an extension, or no right answer is named)`,
          );
        expect(differences).toEqual([]);
      });
    }
  }
});

function needsExtension({ name, extensions = [] }: Scenario, step: Step): boolean {
  if (extensions.length === 0) return false;
  if (name === 'unknown-things')
    return !REFUSALS.test(step.name) && ABOUT_TASKS.test(JSON.stringify(step.request));
  return ABOUT_TASKS.test(JSON.stringify(step.request)) || SHOWS_TASKS.test(JSON.stringify(step.response));
}

async function replay(base: string, scenario: Scenario, steps: readonly Step[]) {
  const bindings = new Bindings();
  const differences: string[] = [];
  let replayed = 0;
  for (const step of steps) {
    // Where the original is wrong, the right answer that is named counts.
    const judged = step.known_flaw && step.right ? { ...step, response: step.right } : step;
    if (step.known_flaw && !step.right) continue;
    try {
      const reply = await perform(base, judged, bindings);
      differences.push(
        ...compareReply(judged, reply, bindings).map((difference) => `${step.name}: ${difference}`),
      );
      replayed += 1;
    } catch (error) {
      // What an earlier step of a task would have shown.
      if (scenario.extensions?.length && String(error).includes('is used before a response has shown it'))
        continue;
      throw error;
    }
  }
  return { differences, replayed };
}
