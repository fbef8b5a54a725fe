import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import { query } from '../platform/database/query.ts';
import { setEnded } from '../tasks/task.queries.ts';
import { insertChunk } from '../tasks/task-output.queries.ts';
import { testContext } from '../testing/test-context.ts';
import { databases, type TestDatabase } from '../testing/test-database.ts';
import { buildApp } from './build-app.ts';

const MANY = 20_000;
const MIB = 1024 * 1024;
const TASK = '00000000-0000-4000-8000-100000000001';
const REFUSAL = {
  message: expect.stringContaining('This asks for more than one answer may hold.'),
  extensions: { code: 'BAD_INPUT', requestId: expect.any(String) },
};

/** The numbers from 1 on, as both engines count them. */
const numbersTo = (last: number) =>
  sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < cast(${last} as bigint))`;

const insertTasks = query<{ experiment: number; user: string; parameters: string; count: number }>()(
  (_, p) => sql`${numbersTo(p.count)}
    insert into task (id, uuid, experiment_id, extension_name, action_name, parameters_json, script, created_by,
      received_at, status, is_blocking, is_narrowed, packages_json, server_version)
    select i, '00000000-0000-4000-8000-' || cast(100000000000 + i as text), cast(${p.experiment} as bigint), 'Fit',
      'run', cast(${p.parameters} as text), 'true', cast(${p.user} as text), i, 'PENDING', 0, 0, '[]', '' from n`,
);
const insertFiles = query<{ experiment: number; user: string; count: number }>()(
  (_, p) => sql`${numbersTo(p.count)}
    insert into file (experiment_id, name, folded_name, readable_name, object_key, size, sha256, media_type, created_by,
      modified_at)
    select cast(${p.experiment} as bigint), 'file ' || i, 'file ' || i, 'file ' || i, 'key ' || i, 1, '', 'text/csv',
      cast(${p.user} as text), i from n`,
);
const haveFiles = query<{ experiment: number }>()((db, p) =>
  db.updateTable('experiment').set({ revision: 2 }).where('id', '=', p.experiment),
);

const many = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

/** An experiment with many tasks and files, and a server that answers without a network. */
async function manyThings(database: TestDatabase, parameters = '[]', count = MANY, description = '') {
  const ctx = await testContext(database);
  const app = await buildApp(ctx, ctx.viewer);
  onTestFinished(() => app.close());
  const { id: experiment, eid } = await createExperiment(ctx, { title: 'Rabi', description, tags: [] });
  await ctx.db.write(async (tx) => {
    await tx.run(insertTasks, { experiment, user: ctx.viewer.uuid, parameters, count });
    await tx.run(insertFiles, { experiment, user: ctx.viewer.uuid, count });
    await tx.run(haveFiles, { experiment });
  });
  const ask = async (text: string) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/graphql',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ query: text.replace('$eid', eid) }),
    });
    return answer.json();
  };
  return { ctx, ask };
}

const EXPERIMENT = 'experiment(experimentIdentifier: {type: EID, value: "$eid"})';

const tooMuch = [
  // Types that lead to each other.
  '{ tasks(offset: 0, limit: 500) { tasksData { experiment { tasks { uuid } } } } }',
  '{ tasks(offset: 0, limit: 500) { tasksData { experiment { files { name } } } } }',
  `{ ${EXPERIMENT} { ${'tasks { experiment { '.repeat(4)} eid ${'} } '.repeat(4)} } }`,
  // One thing under many names.
  `{ ${EXPERIMENT} { tasks { ${many(900, (i) => `a${i}: uuid`)} } } }`,
  `{ ${EXPERIMENT} { tasks { ${many(90, (i) => `a${i}: viewerCanCancel`)} } } }`,
  // The same, beside a cheap place that graphql-jit took for it.
  `{ a_b: tasks(offset: 0, limit: 500) { c: tasksData { ${many(900, (i) => `a${i}: viewerCanCancel`)} } }
     b: tasks(offset: 0, limit: 1) { c_a: tasksData { uuid } } }`,
  `{ ${EXPERIMENT} { tasks { ...A ... { ...A } } } } fragment A on TaskData { ${many(400, (i) => `a${i}: uuid`)} }`,
];

describe.each(databases)('an answer, on %s', (database) => {
  test('holds the 20,000 tasks of an experiment, or its files, or all tasks by pages', async () => {
    const { ask } = await manyThings(database);
    const TASK_ROW = `uuid experiment { uuid eid title } extensionName actionName parameters { value } createdBy
      receivedAt startedAt endedAt taskStatus resultCode`;
    const { data: tasks } = await ask(`{ ${EXPERIMENT} { tasks { ${TASK_ROW} } } }`);
    expect(tasks.experiment.tasks).toHaveLength(MANY);
    const { data: files } = await ask(
      `{ ${EXPERIMENT} { files { name size modifiedAt producedBy { uuid } } } }`,
    );
    expect(files.experiment.files).toHaveLength(MANY);
    const page = `tasks(offset: 0, limit: 500) { tasksData { ${TASK_ROW} inputs { name } outputs { name } stdOut } }`;
    const { data: pages } = await ask(`{ ${many(30, (i) => `p${i}: ${page}`)} }`);
    expect(pages.p29.tasksData).toHaveLength(500);
  });

  test('is refused where it would hold too much', { timeout: 120_000 }, async () => {
    const { ask } = await manyThings(database);
    for (const text of tooMuch) {
      // The second time it is compiled: both must say the same.
      for (let round = 0; round < 2; round += 1) {
        const { data, errors } = await ask(text);
        expect(data).toBeNull();
        expect(errors, text).toEqual([REFUSAL]);
      }
    }
  });

  test('is refused for the output of a task under many names', async () => {
    const { ctx, ask } = await manyThings(database);
    await ctx.db.write(async (tx) => {
      const bytes = Buffer.alloc(MIB, 'x');
      await tx.run(insertChunk, { id: 1, sequence: 1, stream: 1, bytes, now: 1 });
      await tx.run(setEnded, { id: 1, status: 'SUCCESS', resultCode: 0, logFile: null, now: 1 });
    });
    const whole = await ask(`{ task(taskId: "${TASK}") { stdOut output { text } } }`);
    expect(whole.data.task.stdOut).toHaveLength(MIB);
    expect(whole.data.task.output[0].text).toHaveLength(MIB);
    for (const field of ['stdOut', 'output { text }']) {
      const { errors } = await ask(`{ task(taskId: "${TASK}") { ${many(490, (i) => `a${i}: ${field}`)} } }`);
      expect(errors).toEqual([REFUSAL]);
    }
    // As JSON, each of these takes six bytes.
    const bytes = Buffer.alloc(3 * MIB);
    await ctx.db.write((tx) => tx.run(insertChunk, { id: 1, sequence: 2, stream: 1, bytes, now: 1 }));
    for (const [count, expected] of [
      [2, undefined],
      [12, [REFUSAL]],
    ] as const) {
      const { errors } = await ask(`{ task(taskId: "${TASK}") { ${many(count, (i) => `a${i}: stdOut`)} } }`);
      expect(errors).toEqual(expected);
    }
  });
});

test('descriptions take from the budget by their length, wherever they stand', async () => {
  const { ctx, ask } = await manyThings('SQLite', '[]', 20, 'x'.repeat(5000));
  await createExperiment(ctx, { title: 'Ramsey', description: 'x'.repeat(5000), tags: [] });
  const texts = (count: number) => many(count, (i) => `d${i}: description`);
  const lists = [
    (count: number) => `{ experiments(offset: 0, limit: 2) { experimentsData { ${texts(count * 10)} } } }`,
    (count: number) => `{ tasks(offset: 0, limit: 20) { tasksData { experiment { ${texts(count)} } } } }`,
    (count: number) =>
      `{ tasks(offset: 0, limit: 20) { tasksData { experiment { ...A } } } } fragment A on ExperimentData { ${texts(count)} }`,
  ];
  for (const list of lists) {
    expect(await ask(list(40))).not.toHaveProperty('errors');
    expect((await ask(list(60))).errors).toEqual([REFUSAL]);
  }
});

test('an answer that is too long for a text is refused', async () => {
  const parameter = { name: 'a', dataType: 'str', value: 'x'.repeat(8 * MIB) };
  const { ask } = await manyThings('SQLite', JSON.stringify([parameter]), 1);
  const { data, errors } = await ask(
    `{ task(taskId: "${TASK}") { parameters { ${many(70, (i) => `a${i}: value`)} } } }`,
  );
  expect(data).toBeNull();
  expect(errors).toEqual([
    {
      message: expect.stringContaining('too long'),
      extensions: { code: 'TOO_LARGE', requestId: expect.any(String) },
    },
  ]);
});
