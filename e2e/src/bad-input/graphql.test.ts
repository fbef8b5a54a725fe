import { databases, newDatabase } from '@aqueduct/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../start-server.ts';
import { expectHarmless } from './expect-harmless.ts';

const CREATE =
  'mutation ($i: ExperimentCreateInput!) { createExperiment(createExperimentInput: $i) { uuid title tags } }';
const LIST =
  'query ($o: Int!, $l: Int!, $f: ExperimentFiltersInput, $a: String) { experiments(offset: $o, limit: $l, filters: $f, after: $a) { totalExperimentsCount experimentsData { eid } } }';
const TAGS = 'query ($o: Int, $l: Int) { tags(offset: $o, limit: $l) { totalTagsCount } }';
const ONE =
  'query ($t: IDType!, $v: String!) { experiment(experimentIdentifier: {type: $t, value: $v}) { eid } }';
const REMOVE = 'mutation ($u: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $u}) }';

const nested = (depth: number) =>
  `{ experiments(offset: 0, limit: 1) { experimentsData ${'{ tasks { experiment '.repeat(depth)}{ eid }${' } }'.repeat(depth)} } }`;
const many = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const input = (change: object) => ({ i: { title: 'x', description: '', tags: [], ...change } });
const list = (change: object) => ({ o: 0, l: 10, ...change });

/** Queries and variables that are refused, with 200 and a part of the text that says why. */
const refused: readonly (readonly [string, string, object, string])[] = [
  ['depth 20', nested(9), {}, 'nested more than'],
  ['depth 400', nested(200), {}, 'nested more than'],
  [
    '31 fields at the root',
    `{ ${many(31, (i) => `a${i}: getCurrentUserInfo { username }`)} }`,
    {},
    'at its root',
  ],
  [
    '31 fields through a fragment',
    `{ ...F } fragment F on Query { ${many(31, (i) => `a${i}: tags { totalTagsCount }`)} }`,
    {},
    'at its root',
  ],
  [
    '1100 aliases of a field',
    `{ getCurrentUserInfo { ${many(1100, (i) => `a${i}: username`)} } }`,
    {},
    'fields',
  ],
  ['a hundred thousand names', `{ getCurrentUserInfo { ${'username '.repeat(100_000)} } }`, {}, 'tokens'],
  [
    'fragments that multiply',
    `{ getCurrentUserInfo { ...A } } ${many(12, (i) => `fragment ${String.fromCharCode(65 + i)} on UserInfo { username ...${String.fromCharCode(66 + i)} ...${String.fromCharCode(66 + i)} }`)} fragment M on UserInfo { username }`,
    {},
    'fields',
  ],
  ['a cycle of one', '{ getCurrentUserInfo { ...A } } fragment A on UserInfo { ...A }', {}, 'itself'],
  [
    'a cycle of two',
    '{ getCurrentUserInfo { ...A } } fragment A on UserInfo { ...B } fragment B on UserInfo { ...A }',
    {},
    'itself',
  ],
  ['an unknown fragment', '{ getCurrentUserInfo { ...A } }', {}, 'Unknown fragment'],
  [
    'an unused fragment',
    '{ getCurrentUserInfo { username } } fragment A on UserInfo { username }',
    {},
    'never used',
  ],
  [
    'one field 3900 times in an unused fragment',
    `{ tags { totalTagsCount } } fragment F on Tags { ${'totalTagsCount '.repeat(3900)} }`,
    {},
    'more than 5000 pairs of fields with one name',
  ],
  [
    'one field 430 times, with arguments',
    `{ tasks(offset: 0, limit: 1) { tasksData { ${'output(after: 1) { sequence } '.repeat(430)} } } }`,
    {},
    'more than 5000 pairs of fields with one name',
  ],
  [
    '100 errors behind half a million lines',
    `{ ${'\n'.repeat(500_000)} getCurrentUserInfo { ${many(100, (i) => `a${i}`)} } }`,
    {},
    'more than 2000 lines',
  ],
  ['an unknown directive', '{ getCurrentUserInfo @nothing { username } }', {}, 'Unknown directive'],
  ['an unknown type', 'query ($x: Nothing) { getCurrentUserInfo { username } }', {}, 'Unknown type'],
  ['no selection', '{ getCurrentUserInfo }', {}, 'must have a selection'],
  [
    'a subscription without a stream',
    'subscription { taskUpdated { uuid } }',
    {},
    'Accept: text/event-stream',
  ],
  ['a subscription', 'subscription { experiments { totalExperimentsCount } }', {}, ''],
  ['limit 501', LIST, list({ l: 501 }), 'Maximum allowed limit for experiments is 500'],
  ['limit -1', LIST, list({ l: -1 }), "can't be negative"],
  ['offset -1', LIST, list({ o: -1 }), "can't be negative"],
  ['limit 2^31', LIST, list({ l: 2 ** 31 }), '32-bit'],
  ['offset 2^31', LIST, list({ o: 2 ** 31 }), '32-bit'],
  ['limit -2^31-1', LIST, list({ l: -(2 ** 31) - 1 }), '32-bit'],
  ['limit 1.5', LIST, list({ l: 1.5 }), 'non-integer'],
  ['limit as text', LIST, list({ l: '10' }), 'non-integer'],
  ['limit true', LIST, list({ l: true }), 'non-integer'],
  ['limit null', LIST, list({ l: null }), 'null'],
  ['limit missing', LIST, { o: 0 }, '$l'],
  ['limit as list', LIST, list({ l: [1, 2] }), 'non-integer'],
  ['tags limit 501', TAGS, { l: 501 }, 'Maximum allowed limit for tags is 500'],
  ['tags limit -1', TAGS, { l: -1 }, "can't be negative"],
  ['tags offset -1', TAGS, { o: -1 }, "can't be negative"],
  ['a cursor that is none', LIST, list({ a: 'hello' }), 'no cursor'],
  ['an empty cursor', LIST, list({ a: '' }), 'no cursor'],
  [
    'a cursor of another order',
    LIST,
    list({ a: Buffer.from('["TITLE_ASC",1,"x"]').toString('base64url') }),
    'no cursor',
  ],
  [
    'a cursor with a bad id',
    LIST,
    list({ a: Buffer.from('["CREATED_DESC","1",1]').toString('base64url') }),
    'no cursor',
  ],
  [
    'title filter of 65',
    LIST,
    list({ f: { title: 'x'.repeat(65) } }),
    'Title should be maximum 64 characters long.',
  ],
  ['title filter with NUL', LIST, list({ f: { title: 'a\0b' } }), 'NUL'],
  ['11 tags in a filter', LIST, list({ f: { tags: Array.from({ length: 11 }, (_, i) => `t${i}`) } }), '10'],
  [
    '7 required tags',
    LIST,
    list({ f: { shouldIncludeTags: Array.from({ length: 7 }, (_, i) => `t${i}`) } }),
    '6',
  ],
  ['a bad tag in a filter', LIST, list({ f: { tags: ['a b'] } }), 'Tag can only contain'],
  ['an empty tag in a filter', LIST, list({ f: { shouldIncludeTags: [''] } }), 'Tag cannot be empty'],
  ['null among tags', LIST, list({ f: { tags: [null] } }), 'null'],
  ['a filter that is none', LIST, list({ f: { nothing: 1 } }), 'nothing'],
  ...[
    'tomorrow',
    '2024-13-01',
    '2024-02-30',
    '2024-01-01T25:00',
    '2024-01-01T12:60',
    '2024-01-01T24:00:01',
    '',
    ' ',
    '20240101T',
    '0000-01-01',
    '2024-01-01T00:00+25:00',
    '2024-W60',
    '1e9',
    '99999-01-01',
  ].map(
    (date) =>
      [`the date ${JSON.stringify(date)}`, LIST, list({ f: { startDate: date } }), 'DateTime'] as const,
  ),
  ...[5, true, {}, []].map(
    (date) => [`the date ${JSON.stringify(date)}`, LIST, list({ f: { endDate: date } }), 'DateTime'] as const,
  ),
  ...[
    '',
    'x',
    '1234',
    'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz',
    '0'.repeat(33),
    '0'.repeat(31),
    "' or 1=1 --",
    '../../etc',
  ].map((uuid) => [`the UUID ${JSON.stringify(uuid)}`, REMOVE, { u: uuid }, 'UUID'] as const),
  ...[12, null, {}, []].map((uuid) => [`the UUID ${JSON.stringify(uuid)}`, REMOVE, { u: uuid }, ''] as const),
  ...[
    '',
    'hello',
    '20240101',
    '20240101-',
    '20240101-0',
    "20240101-1' or '1'='1",
    '%',
    '_',
    '20240101-1\0',
  ].map(
    (eid) =>
      [
        `the EID ${JSON.stringify(eid)}`,
        ONE,
        { t: 'EID', v: eid },
        'Non-existing experiment with the specified eid',
      ] as const,
  ),
  ['an unknown kind of identifier', ONE, { t: 'NAME', v: 'x' }, 'IDType'],
  ['a number for an identifier', ONE, { t: 'EID', v: 5 }, 'String'],
  ['title of 257', CREATE, input({ title: 'x'.repeat(257) }), 'Title should be maximum 256 characters long.'],
  [
    'title of 257 smileys',
    CREATE,
    input({ title: '🔬'.repeat(257) }),
    'Title should be maximum 256 characters long.',
  ],
  ['title with NUL', CREATE, input({ title: 'a\0' }), 'NUL'],
  ['title 5', CREATE, input({ title: 5 }), 'String'],
  ['title null', CREATE, input({ title: null }), 'null'],
  [
    'description of 5001',
    CREATE,
    input({ description: 'd'.repeat(5001) }),
    'Description should be maximum 5000 characters long.',
  ],
  ['description with NUL', CREATE, input({ description: '\0' }), 'NUL'],
  ['description missing', CREATE, { i: { title: 'x', tags: [] } }, 'description'],
  [
    '65 tags',
    CREATE,
    input({ tags: Array.from({ length: 65 }, (_, i) => `t${i}`) }),
    'You can have a maximum of 64 tags in an experiment.',
  ],
  ['tag of 65', CREATE, input({ tags: ['t'.repeat(65)] }), 'Tag should be less than 64 characters long '],
  ['empty tag', CREATE, input({ tags: [''] }), 'Tag cannot be empty'],
  ...[
    'a b',
    'a\n',
    '\n',
    'ä',
    'a.b',
    'a,b',
    'a%',
    'a\\b',
    'a"b',
    "a'b",
    'a;b',
    'a*',
    '<b>',
    'a\0',
    '🔬',
    'a+b',
    'a@b',
    'a=b',
    'a|b',
    '$a',
  ].map(
    (tag) =>
      [`the tag ${JSON.stringify(tag)}`, CREATE, input({ tags: [tag] }), 'Tag can only contain'] as const,
  ),
  ['a tag that is a number', CREATE, input({ tags: [1] }), 'String'],
  ['an unknown input field', CREATE, input({ nothing: 1 }), 'nothing'],
  [
    '__proto__ in the input',
    CREATE,
    JSON.parse('{"i": {"title": "x", "description": "", "tags": [], "__proto__": {"x": 1}}}') as object,
    '__proto__',
  ],
  ['constructor in the input', CREATE, input({ constructor: 1 }), 'constructor'],
];

/** Small documents that would take for ever to look through. */
const endless: readonly (readonly [string, string])[] = [
  [
    'fragments of nothing but fragments, which double 60 times',
    `{ ...F0 } ${many(60, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F60 on Query { ...F60 }`,
  ],
  [
    'the same with inline fragments and conditions',
    `{ ...F0 } ${many(60, (i) => `fragment F${i} on Query { ... { ...F${i + 1} } ... @skip(if: true) { ...F${i + 1} @include(if: false) } }`)}`,
  ],
  [
    '30 fragments that use each other',
    `{ ...F0 } ${many(30, (i) => `fragment F${i} on Query { ${many(30, (j) => `...F${j}`)} }`)}`,
  ],
];

const deep = (open: string, close: string) => `${open.repeat(40_000)}1${close.repeat(40_000)}`;
/** Bodies whose variables are nested 40,000 deep: for inputs of each kind, and for none. */
const deepVariables = [CREATE, LIST, REMOVE].flatMap((query) =>
  [deep('[', ']'), deep('{"a":', '}')].map(
    (value) =>
      `{"query": ${JSON.stringify(query)}, "variables": {"u": ${value}, "i": ${value}, "f": ${value}}}`,
  ),
);

/** Bodies that are no GraphQL request: 400 in plain text. */
const noRequests: readonly (readonly [string, string])[] = [
  ['empty', ''],
  ['a text', '"{ x }"'],
  ['a number', '5'],
  ['null', 'null'],
  ['true', 'true'],
  ['a list', '[]'],
  ['a batch', '[{"query":"{ getCurrentUserInfo { username } }"}]'],
  ['an object', '{}'],
  ['half an object', '{"query": '],
  ['query null', '{"query": null}'],
  ['query 5', '{"query": 5}'],
  ['query a list', '{"query": ["a"]}'],
  ['query an object', '{"query": {}}'],
  ['query empty', '{"query": ""}'],
  ['variables a text', '{"query": "{ x }", "variables": "x"}'],
  ['variables a list', '{"query": "{ x }", "variables": []}'],
  ['variables 5', '{"query": "{ x }", "variables": 5}'],
  ['operationName 5', '{"query": "{ x }", "operationName": 5}'],
  [
    'operationName of nothing',
    '{"query": "query A { getCurrentUserInfo { username } }", "operationName": "C"}',
  ],
  ['nested 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['trailing text', '{"query": "{ x }"} more'],
  ['single quotes', "{'query': '{ x }'}"],
  ['NaN', 'NaN'],
  ['bytes', '\u0001\u0002'],
  ['__proto__ alone', '{"__proto__": {"query": "{ x }"}}'],
];

describe.each(databases)('bad GraphQL, on %s', (database) => {
  let server: ServerProcess;
  beforeAll(async () => void (server = await startServer({ databaseUrl: await newDatabase(database) })));
  afterAll(() => server.stop());

  const post = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${server.url}/api/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  test.each(refused)('%s', async (_, query, variables, text) => {
    // The second time it is compiled: both must say the same.
    for (let round = 0; round < 3; round += 1) {
      const answer = await post(JSON.stringify({ query, variables }));
      const body = await answer.text();
      expect(answer.status, body).toBe(200);
      expectHarmless(answer.status, body);
      const { errors } = JSON.parse(body) as { errors?: { message: string; extensions: { code: string } }[] };
      expect(errors?.[0]?.message).toContain(text);
      expect(errors?.[0]?.extensions.code).toMatch(/^(BAD_INPUT|NOT_FOUND)$/);
    }
  });

  test.each(noRequests)('no request: %s', async (_, body) => {
    const answer = await post(body);
    const text = await answer.text();
    expect(answer.status, text).toBe(400);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(text.length).toBeGreaterThan(10);
    expectHarmless(answer.status, text);
  });

  test.each(endless)('%s: refused within a second, by POST and GET', async (_, query) => {
    const asked = `${server.url}/api/graphql?query=${encodeURIComponent(query)}`;
    for (const send of [() => post(JSON.stringify({ query })), () => fetch(asked)]) {
      const started = performance.now();
      const [answer, health] = await Promise.all([send(), fetch(`${server.url}/health`)]);
      const body = await answer.text();
      expect(performance.now() - started).toBeLessThan(1000);
      expect(health.status).toBe(200);
      expectHarmless(answer.status, body);
      const { errors } = JSON.parse(body) as { errors: { message: string; extensions: { code: string } }[] };
      expect(errors[0]?.message).toContain('uses fragments more than 4000 times');
      expect(errors[0]?.extensions.code).toBe('BAD_INPUT');
    }
  });

  test.each<Record<string, string>>([{}, { 'idempotency-key': 'deep' }, { accept: 'text/event-stream' }])(
    'variables nested 40,000 deep, with %j',
    async (headers) => {
      for (const body of deepVariables) {
        const answer = await post(body, headers);
        const text = await answer.text();
        expectHarmless(answer.status, text);
        expect(text).toContain('The variables are nested more than 50 levels deep.');
        expect(text).toContain('"code":"BAD_INPUT"');
      }
    },
  );

  test('the same input in another order of its parts is the same for an Idempotency-Key', async () => {
    const variables = input({});
    const headers = { 'idempotency-key': 'same' };
    const first = await post(JSON.stringify({ query: CREATE, variables }), headers);
    const repeat = await post(
      JSON.stringify({ variables, query: CREATE, operationName: null }, null, 2),
      headers,
    );
    expect(await repeat.text()).toBe(await first.text());
    const other = await post(JSON.stringify({ query: CREATE, variables: input({ title: 'y' }) }), headers);
    expect(other.status).toBe(409);
  });

  test('a body beyond the limit', async () => {
    const answer = await post(JSON.stringify({ query: `{ x } # ${'x'.repeat(2_000_000)}` }));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'TOO_LARGE' });
  });

  test('the server lives on', async () => {
    const answer = await post('{"query": "{ getCurrentUserInfo { username } }"}');
    expect(await answer.json()).toEqual({ data: { getCurrentUserInfo: { username: 'admin' } } });
    expect(server.output()).not.toContain('"level":50');
  });
});
