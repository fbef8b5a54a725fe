import { parse } from 'graphql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import type { Database } from '../platform/database/database.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { anotherRequest, testContext } from '../testing/test-context.ts';
import { databases, type TestDatabase } from '../testing/test-database.ts';
import { buildApp } from './build-app.ts';
import { schemaOf } from './build-schema.ts';
import { KeptAnswers } from './kept-answers.ts';
import { scalars } from './scalars.ts';

const LIST =
  '{experiments(limit: 10, offset: 0) {experimentsData {eid title files {name}} totalExperimentsCount}}';

/** A server, the reads that its lists have cost so far, and a second way to the same database. */
async function serve(database: TestDatabase) {
  const ctx = await testContext(database);
  let reads = 0;
  const db: Database = {
    ...ctx.db,
    all: (query, params) => {
      reads += 1;
      return ctx.db.all(query, params);
    },
  };
  const app = await buildApp({ ...ctx, db }, ctx.viewer);
  onTestFinished(() => app.close());
  const { databaseUrl: url, dataDir } = ctx.config;
  const other = await openDatabase({ url, dataDir, clock: ctx.clock });
  onTestFinished(() => other.close());
  return {
    ctx,
    elsewhere: anotherRequest({ ...ctx, db: other }),
    reads: () => reads,
    async ask(query: string, headers: Record<string, string> = {}) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/graphql',
        headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
        payload: JSON.stringify({ query }),
      });
      return answer.body;
    },
  };
}

describe.each(databases)('on %s, an answer', (database) => {
  test('is kept until something changes, by whomever', async () => {
    const { ctx, elsewhere, ask, reads } = await serve(database);
    await createExperiment(ctx, { title: 'First', description: '', tags: [] });
    const first = await ask(LIST);
    expect(first).toContain('"totalExperimentsCount":1');
    const before = reads();
    expect(await ask(LIST)).toBe(first);
    expect(reads()).toBe(before);

    await createExperiment(ctx, { title: 'Second', description: '', tags: [] });
    expect(await ask(LIST)).toContain('"totalExperimentsCount":2');
    await createExperiment(elsewhere, { title: 'Third', description: '', tags: [] });
    expect(await ask(LIST)).toContain('"totalExperimentsCount":3');
  });

  test('does not hide what is wrong with a request', async () => {
    const { ask } = await serve(database);
    await ask(LIST);
    expect(await ask(LIST, { 'idempotency-key': '' })).toContain('Idempotency-Key');
    expect(await ask(LIST, { 'content-type': 'text/plain' })).toBe('Unsupported content type');
  });
});

test.each([
  [true, LIST],
  [
    true,
    'query A {tags {tagsData __typename} ...More} fragment More on Query {all: experiments(limit: 1, offset: 0) {endCursor}}',
  ],
  [false, '{getCurrentUserInfo {username}}'],
  [false, '{tasks(limit: 10, offset: 0) {totalTasksCount}}'],
  [false, '{extensions {name}}'],
  [
    false,
    '{experiments(limit: 1, offset: 0) {experimentsData {...More}}} fragment More on ExperimentData {tasks {uuid}}',
  ],
  [false, '{tags {tagsData} __schema {queryType {name}}}'],
  [false, '{__typename}'],
  [false, 'mutation {removeExperiment(experimentRemoveInput: {uuid: ""})}'],
  [false, 'query A {tags {tagsData}} mutation B {removeExperiment(experimentRemoveInput: {uuid: ""})}'],
  [false, 'query A {tags {tagsData}} subscription B {taskChanged(taskId: "") {uuid}}'],
])('whether an answer is kept: %j for %s', async (isKept, query) => {
  const ctx = await testContext('SQLite');
  const kept = new KeptAnswers(ctx.db, schemaOf([scalars]));
  const keep = await kept.begin(ctx.viewer, query, parse(query));
  expect(keep !== undefined).toBe(isKept);
  keep?.('the answer');
  expect(await kept.find(ctx.viewer, query)).toBe(isKept ? 'the answer' : undefined);
  expect(await kept.find({ ...ctx.viewer }, query)).toBeUndefined();
});
