import type { Scope } from '@aqueduct/contract';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-sse';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Viewer } from '../access/viewer.ts';
import { testContext } from '../testing/test-context.ts';
import { buildApp } from './build-app.ts';

const ME = '{ getCurrentUserInfo { username } }';
const ADMIN = { data: { getCurrentUserInfo: { username: 'admin' } } };
const JSON_TYPE = 'application/json; charset=utf-8';
const EVENTS_TYPE = 'text/event-stream; charset=utf-8';
/** What urql sends with every request. */
const ANY_OF_GRAPHQL =
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';
/** Ends at once, with an error. */
const WATCH = 'subscription { taskOutput(taskId: "00000000-0000-4000-8000-000000000000") { text } }';
const REMOVE = 'removeExperiment(experimentRemoveInput: {uuid: "00000000-0000-4000-8000-000000000000"})';
const CREATE = 'createExperiment(createExperimentInput: {title: "Rabi", description: "", tags: []}) { eid }';
const EDIT =
  'updateExperiment(uuid: "00000000-0000-4000-8000-000000000000", experimentUpdateInput: {title: "x"}) { eid }';
const TASKS = 'tasks(offset: 0, limit: 1) { totalTasksCount }';
const TASK = 'task(taskId: "00000000-0000-4000-8000-000000000000") { uuid }';

/** A server on an empty installation, and the ways to ask it. */
async function server(narrow: Partial<Viewer> = {}) {
  const ctx = await testContext('SQLite');
  const app = await buildApp(ctx, { ...ctx.viewer, ...narrow });
  onTestFinished(() => app.close());
  const post = (query: string, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/api/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      payload: JSON.stringify({ query }),
    });
  const get = (query: Record<string, string>, headers: Record<string, string> = {}) =>
    app.inject({ url: '/api/graphql', query, headers });
  return { app, post, get };
}

describe('the form of an answer', () => {
  test.each([undefined, '*/*', ANY_OF_GRAPHQL, 'text/event-stream;q=0, */*', 'text/event-stream; q=0.000'])(
    'is JSON with Accept: %s',
    async (accept) => {
      const { post, get } = await server();
      const headers: Record<string, string> = accept === undefined ? {} : { accept };
      for (const answer of [await post(ME, headers), await get({ query: ME }, headers)]) {
        expect(answer.headers['content-type']).toBe(JSON_TYPE);
        expect(answer.json()).toEqual(ADMIN);
      }
      const created = await post(`mutation { ${CREATE} }`, headers);
      expect(created.json()).toEqual({ data: { createExperiment: { eid: '20250301-1' } } });
    },
  );

  test.each(['text/event-stream', 'Text/Event-Stream; charset=utf-8, application/json; q=0'])(
    'is one event where nothing else is taken: %s',
    async (accept) => {
      const { post, get } = await server();
      for (const answer of [await post(ME, { accept }), await get({ query: ME }, { accept })]) {
        expect(answer.headers['content-type']).toBe(EVENTS_TYPE);
        expect(answer.body).toBe(
          `:\n\nevent: next\ndata: ${JSON.stringify(ADMIN)}\n\nevent: complete\ndata:\n\n`,
        );
      }
      const wrong = await post('{ nothing }', { accept });
      expect(wrong.statusCode).toBe(200);
      expect(wrong.body).toContain('data: {"data":null,"errors":[{"message":"Cannot query field');
      // Also where it is not valid.
      for (const query of [`mutation { ${CREATE} }`, 'mutation { nothing }']) {
        const { statusCode, body } = await get({ query }, { accept });
        expect([statusCode, body]).toEqual([400, 'mutations are not allowed when using GET']);
      }
    },
  );

  test('tells failures in the order of their fields', async () => {
    const { post } = await server();
    const unknown = '00000000-0000-4000-8000-000000000000';
    // The second one fails first.
    const query = `{ a: experiment(experimentIdentifier: { type: EID, value: "20000101-1" }) { eid }
      b: experiment(experimentIdentifier: { type: UUID, value: "x" }) { eid } c: task(taskId: "${unknown}") { uuid } }`;
    const { errors } = JSON.parse((await post(query)).body);
    expect(errors.map(({ path }: { path: string[] }) => path[0])).toEqual(['a', 'b', 'c']);
  });

  test.each(['text/event-stream', ANY_OF_GRAPHQL, '*/*, text/event-stream;q=0.1'])(
    'is a stream for a subscription: %s',
    async (accept) => {
      const { post, get } = await server();
      for (const answer of [await post(WATCH, { accept }), await get({ query: WATCH }, { accept })]) {
        expect(answer.headers['content-type']).toBe(EVENTS_TYPE);
        expect(answer.body).toContain('event: next\ndata: {"errors":[{"message":"DB query failed');
      }
    },
  );

  test('is refused for a subscription where no events are taken', async () => {
    const { post } = await server();
    for (const accept of ['*/*', 'text/event-stream;q=0, */*'])
      expect((await post(WATCH, { accept })).body).toContain(
        'Ask for it with \\"Accept: text/event-stream\\"',
      );
  });

  test('is read by the client of the protocol, for queries too', async () => {
    const { app } = await server();
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const client = createClient({ url: `${address}/api/graphql`, retryAttempts: 0 });
    expect(await Array.fromAsync(client.iterate({ query: ME }))).toEqual([ADMIN]);
  });
});

test('what is no request is refused in plain text', async () => {
  const { get } = await server();
  for (const accept of ['*/*', 'text/event-stream']) {
    const answer = await get({}, { accept });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toBe('No GraphQL query found in the request');
  }
});

test('variables of no text in an address are none', async () => {
  const { get } = await server();
  expect((await get({ query: ME, variables: '', operationName: '' })).json()).toEqual(ADMIN);
  const { statusCode, body } = await get({ query: ME, variables: '{' });
  expect([statusCode, body]).toEqual([400, 'The variables in the address are no JSON.']);
});

describe('the status', () => {
  const narrowed = {
    scopes: new Set<Scope>(['experiment::view::all', 'experiment::edit::all']),
    only: new Set<string>(),
  };

  test.each([
    `{ ${TASKS} }`,
    `{ a: ${TASKS} b: ${TASKS} }`,
    `{ ${TASKS} ${TASK} }`,
    `query { ...all } fragment all on Query { ${TASKS} ... { ${TASK} } }`,
    `mutation { ${CREATE} }`,
    `mutation { a: ${CREATE} b: ${CREATE} }`,
    `mutation { a: ${REMOVE} b: ${REMOVE} }`,
    `mutation { ${REMOVE} ${CREATE} }`,
  ])('is 403 where the right is missing for all: %s', async (query) => {
    const { post } = await server(narrowed);
    // The second time, what can be is compiled.
    for (let i = 0; i < 3; i += 1) {
      const answer = await post(query);
      expect(answer.statusCode).toBe(403);
      expect(answer.json().errors[0]).toMatchObject({
        message: expect.stringMatching(
          /^This needs the right ".*", which the token of this task does not have\.$/,
        ),
        extensions: { code: 'FORBIDDEN' },
      });
    }
  });

  test.each([
    `{ getCurrentUserInfo { username } ${TASKS} }`,
    `{ ${TASKS} getCurrentUserInfo { username } }`,
    `{ ${TASKS} __typename }`,
    `query { ...all } fragment all on Query { ${TASKS} extensions { name } }`,
    `mutation { ${CREATE} ${EDIT} }`,
    `mutation { ${EDIT} ${CREATE} }`,
    `mutation { ${REMOVE} ${EDIT} }`,
  ])('is 200 where it is missing for some: %s', async (query) => {
    const { post } = await server(narrowed);
    for (let i = 0; i < 3; i += 1) {
      const answer = await post(query);
      expect(answer.statusCode).toBe(200);
      expect(answer.json().errors).toHaveLength(query.includes(REMOVE) ? 2 : 1);
    }
  });

  test.each([
    `mutation { a: ${CREATE} b: ${CREATE} }`,
    `mutation { ...both } fragment both on Mutation { a: ${CREATE} b: ${CREATE} }`,
    `mutation { ... { ... { a: ${CREATE} } b: ${CREATE} } }`,
  ])('is 200 where a part of several changes may be done: %s', async (query) => {
    const { post } = await server();
    const key = { 'idempotency-key': 'k' };
    expect((await post(`mutation { ${CREATE} }`, key)).statusCode).toBe(200);
    expect((await post(`mutation { a: ${CREATE} }`, key)).statusCode).toBe(409);
    const answer = await post(query, key);
    expect(answer.json().errors).toMatchObject([{ path: ['a'], extensions: { code: 'KEY_REUSED' } }]);
    expect(answer.statusCode).toBe(200);
  });

  test('and the words are of the user where it is not a narrowed task that asks', async () => {
    const { post } = await server({ scopes: new Set() });
    expect((await post(`{ ${TASKS} }`)).json().errors[0].message).toBe(
      'This needs the right "job::view::own", which admin does not have.',
    );
  });
});

test('introspection builds with libraries that know the directives of GraphQL of 2021', async () => {
  const { post } = await server();
  const { data } = (await post(getIntrospectionQuery())).json() as { data: IntrospectionQuery };
  const known =
    /^(QUERY|MUTATION|SUBSCRIPTION|FIELD|FRAGMENT_\w+|INLINE_FRAGMENT|VARIABLE_DEFINITION|SCHEMA|SCALAR|OBJECT|FIELD_DEFINITION|ARGUMENT_DEFINITION|INTERFACE|UNION|ENUM|ENUM_VALUE|INPUT_OBJECT|INPUT_FIELD_DEFINITION)$/;
  for (const { name, locations } of data.__schema.directives)
    for (const location of locations) expect(location, name).toMatch(known);
  expect(buildClientSchema(data).getDirective('deprecated')?.locations).toEqual([
    'FIELD_DEFINITION',
    'ARGUMENT_DEFINITION',
    'INPUT_FIELD_DEFINITION',
    'ENUM_VALUE',
  ]);
});

test('introspection shows null as the default of all that is optional', async () => {
  const { post } = await server();
  const { data } = (await post(getIntrospectionQuery())).json() as { data: IntrospectionQuery };
  const optional = data.__schema.types
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => [
      ...(type.kind === 'INPUT_OBJECT' ? type.inputFields : []),
      ...(type.kind === 'OBJECT' ? type.fields.flatMap(({ args }) => args) : []),
    ])
    .filter(({ type }) => type.kind !== 'NON_NULL');
  // Of `output` and `taskOutput`.
  const fromTheBeginning = optional.filter(({ defaultValue }) => defaultValue !== 'null');
  expect(fromTheBeginning.map(({ name, defaultValue }) => [name, defaultValue])).toEqual([
    ['after', '0'],
    ['after', '0'],
  ]);
  expect(optional.length).toBeGreaterThan(30);
});
