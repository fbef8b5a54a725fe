import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../start-server.ts';
import { expectClean } from './expect-clean.ts';
import { expectBack, expectNoDuplicates, expectTimely } from './expect-timely.ts';
import { howOften } from './how-often.ts';
import { Load } from './load.ts';

/** Longer than a write waits for it, in any share of the faults. */
const LOCKED_SECONDS = Math.max(8, howOften(8, 30));

test(`a database that another program holds for ${LOCKED_SECONDS} s, under load`, {
  timeout: 180_000,
}, async () => {
  const server = await startServer();
  onTestFinished(async () => void (await server.stop('SIGKILL')));
  const load = new Load(server.url);
  await load.answered(20);

  const other = new Sqlite(join(server.dataDir, 'aqueduct.db'), { timeout: 5000 });
  onTestFinished(() => void other.close());
  other.exec('begin immediate');
  const until = performance.now() + LOCKED_SECONDS * 1000;
  while (performance.now() < until) {
    const started = performance.now();
    const answer = await fetch(
      `${server.url}/api/graphql?query={experiments(offset:0,limit:10){totalExperimentsCount}}`,
    );
    expect(answer.status).toBe(200);
    expect(performance.now() - started, 'reads do not wait').toBeLessThan(2000);
    await sleep(200);
  }
  expect(load.answers.some(({ status }) => status === 503)).toBe(true);
  other.exec('rollback');
  await expectBack(load);

  expectTimely(await load.end());
  await load.known.expectKept(server.url);
  await expectNoDuplicates(server.url);
  await expectClean(server.dataDir);
});
