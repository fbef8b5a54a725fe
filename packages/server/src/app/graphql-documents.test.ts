import { describe, expect, test } from 'vitest';
import { schemaOf } from './build-schema.ts';
import { GraphqlDocuments } from './graphql-documents.ts';
import { scalars } from './scalars.ts';

/** Without what is null by default. */
function given(input: object = {}): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

const resolvers = {
  Query: {
    experiments: (_: unknown, { limit, filters }: { limit: number; filters?: object }) => ({
      endCursor: JSON.stringify({ limit, filters: given(filters) }),
    }),
    experiment: () => ({ title: 'Rabi', createdAt: 0 }),
  },
  Mutation: {
    removeExperiment: (_: unknown, __: unknown, { done }: { done: string[] }) => void done.push('removed'),
    updateExperiment: () => {
      throw new Error('The experiment is gone.');
    },
  },
};
const LIST =
  'query ($limit: Int!, $from: DateTime = null) { experiments(offset: 0, limit: $limit, filters: {startDate: $from}) { endCursor } }';

/** Often enough to be compiled. */
const TIMES = 4;

async function runOften(text: string, variables: Record<string, unknown> = {}, name?: string) {
  const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
  const results = [];
  for (let i = 0; i < TIMES; i += 1) {
    const { data, errors } = await documents.run(documents.operation(text, name), {}, variables);
    results.push({ data, messages: errors?.map(({ message }) => message) });
  }
  return results;
}

describe('an operation that comes again', () => {
  test('is answered like the first time', async () => {
    const results = await runOften(LIST, { limit: 3, from: '1970-01-01' });
    const endCursor = JSON.stringify({ limit: 3, filters: { startDate: 0 } });
    expect(results).toEqual(Array(TIMES).fill({ data: { experiments: { endCursor } } }));
  });

  test('is compiled', async () => {
    const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
    for (let i = 0; i < TIMES; i += 1)
      await documents.run(documents.operation(LIST, undefined), {}, { limit: 3 });
    expect(documents.operation(LIST, undefined).compiled).toBeDefined();
  });

  test.each([
    [{}, 'Variable "$limit" of required type "Int!" was not provided.'],
    [{ limit: '3' }, 'Variable "$limit" got invalid value "3"; Int cannot represent non-integer value: "3"'],
    [{ limit: 2 ** 31 }, 'Int cannot represent non 32-bit signed integer value: 2147483648'],
    [
      { limit: 3, from: 'soon' },
      'Variable "$from" got invalid value "soon"; Value cannot represent a DateTime',
    ],
  ])('refuses the variables %j in the same words each time', async (variables, message) => {
    for (const { data, messages } of await runOften(LIST, variables)) {
      expect(data).toBeUndefined();
      expect(messages).toEqual([expect.stringContaining(message)]);
    }
  });

  const TAGGED =
    'query ($tags: [String!]!) { experiments(offset: 0, limit: 1, filters: {tags: $tags}) { endCursor } }';

  test.each([[[]], [['a', 'b']], ['a'], [['a', 1]], [[['a']]], [[null]], [{ a: 1 }]])(
    'takes or refuses the list of texts %j as the first time',
    async (tags) => {
      const [first, ...others] = await runOften(TAGGED, { tags });
      expect(others).toEqual(Array(TIMES - 1).fill(first));
    },
  );

  test('names few of very many wrong values, once it is compiled, too', async () => {
    const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
    for (let i = 0; i < TIMES; i += 1)
      await documents.run(documents.operation(TAGGED, undefined), {}, { tags: ['a'] });
    const tags = Array<unknown>(400_000).fill(1);
    const { errors = [] } = await documents.run(documents.operation(TAGGED, undefined), {}, { tags });
    expect(errors.length).toBeLessThan(100);
    expect(errors[0]?.message).toContain('String cannot represent a non string value: 1');
  }, 5000);

  test.each([
    ['text of a date', '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.wasRun = true'],
    ['escaped text', '\\u005f_MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.wasRun = true'],
    ['number', '__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8'],
    ['infinity', '__MAGIC_INF__57f286b9_4c20_487f_b409_79804ddcb4f8'],
  ])('takes a text that its compiler writes into code as a %s for what it is', async (_, text) => {
    const query = `{ experiments(offset: 0, limit: 1, filters: {title: "${text}"}) { endCursor } }`;
    const results = await runOften(query);
    const title = JSON.parse(`"${text}"`) as string;
    const endCursor = JSON.stringify({ limit: 1, filters: { title } });
    expect(results).toEqual(Array(TIMES).fill({ data: { experiments: { endCursor } } }));
    expect(globalThis).not.toHaveProperty('wasRun');
  });

  test.each([
    [
      'a condition on one use of a fragment',
      `query ($v: Boolean!, $i: ExperimentIdentifierInput!) { a: experiment(experimentIdentifier: $i) { ...F @include(if: $v) createdAt }
        b: experiment(experimentIdentifier: $i) { ...F createdAt } } fragment F on ExperimentData { title }`,
      { v: false },
    ],
    [
      'a fragment with and without a condition',
      `query ($v: Boolean!, $i: ExperimentIdentifierInput!) { experiment(experimentIdentifier: $i) { ...F @include(if: $v) ...F } }
        fragment F on ExperimentData { title }`,
      { v: false },
    ],
    [
      'a name that objects have',
      'query ($i: ExperimentIdentifierInput!) { experiment(experimentIdentifier: $i) { __proto__: title } }',
      {},
    ],
    [
      'a variable that objects have',
      'query ($__proto__: Int!) { experiments(offset: 0, limit: $__proto__) { endCursor } }',
      JSON.parse('{"__proto__": 3}') as Record<string, unknown>,
    ],
    [
      'a variable of an object that is left out',
      'query ($v: String) { experiments(offset: 0, limit: 1, filters: {title: $v}) { endCursor } }',
      {},
    ],
    [
      'null for a variable with a default',
      `query ($v: Int = 1) { experiments(offset: 0, limit: $v) { endCursor } }`,
      { v: null },
    ],
    [
      'a list for an object',
      `query ($v: ExperimentFiltersInput) { experiments(offset: 0, limit: 1, filters: $v) { endCursor } }`,
      { v: [] },
    ],
  ])('with %s is answered like the first time', async (_, query, variables) => {
    const i = query.includes('$i') ? { type: 'EID', value: 'x' } : undefined;
    const [first, ...others] = await runOften(query, i ? { ...variables, i } : variables);
    expect(others).toEqual(Array(TIMES - 1).fill(first));
  });

  test('refuses a long list of what is no text within a moment', async () => {
    const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
    // Each fault looks for its line.
    const query = `query ($tags: [String!]!) {${'\n'.repeat(1900)} experiments(offset: 0, limit: 1, filters: {tags: $tags}) { endCursor } }`;
    const ask = (tags: unknown[]) => documents.run(documents.operation(query, undefined), {}, { tags });
    for (let i = 0; i < TIMES; i += 1) expect(await ask(['a'])).toHaveProperty('data.experiments');
    const begin = performance.now();
    const { errors } = await ask(Array(20_000).fill(1));
    expect(performance.now() - begin).toBeLessThan(1000);
    expect(errors?.[0]?.message).toContain('String cannot represent a non string value: 1');
  });

  test('stops at the same field of a mutation', async () => {
    const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
    const text = `mutation ($u: UUID!, $i: ExperimentUpdateInput!) {
      updateExperiment(uuid: $u, experimentUpdateInput: $i) { title } removeExperiment(experimentRemoveInput: {uuid: $u}) }`;
    const variables = { u: '00000000-0000-0000-0000-000000000001', i: {} };
    const done: string[] = [];
    for (let i = 0; i < TIMES; i += 1) {
      const { data } = await documents.run(documents.operation(text, undefined), { done }, variables);
      expect(data).toBeNull();
    }
    expect(done).toEqual([]);
  });

  test('is kept, but not among many large ones', () => {
    const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
    const ask = (i: number, fields: number) =>
      documents.operation(
        `{ getCurrentUserInfo { ${Array.from({ length: fields }, (_, j) => `a${i}_${j}: username`).join(' ')} } }`,
        undefined,
      );
    const small = Array.from({ length: 100 }, (_, i) => ask(i, 20));
    // Told apart here: to compare what differs takes the test minutes.
    expect(ask(0, 20) === small[0]).toBe(true);
    const large = ask(0, 900);
    for (let i = 1; i < 100; i += 1) ask(i, 900);
    expect(ask(0, 900) === large).toBe(false);
  });

  test('is not taken for another of the same document', async () => {
    const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
    const text =
      'query A { experiment(experimentIdentifier: {type: EID, value: "x"}) { title } } query B { __typename }';
    for (let i = 0; i < TIMES; i += 1) {
      const a = await documents.run(documents.operation(text, 'A'), {}, {});
      const b = await documents.run(documents.operation(text, 'B'), {}, {});
      expect([a.data, b.data]).toEqual([{ experiment: { title: 'Rabi' } }, { __typename: 'Query' }]);
    }
  });
});

describe('a name of an operation', () => {
  const text = 'query A { __typename } query B { __typename }';

  test('that the document does not have is not kept: there is no end of them', () => {
    const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
    const known = documents.operation(text, 'A');
    expect(documents.operation(text, 'A') === known).toBe(true);
    const unknown = documents.operation(text, 'C');
    expect(unknown.node).toBeNull();
    expect(documents.operation(text, 'C') === unknown).toBe(false);
  });

  test('is not taken for the beginning of another document', () => {
    const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
    for (const [name, text] of [
      ['query', '\n{ __typename }'],
      ['#', '\n{ __typename }'],
      ['query A', ' { __typename }'],
    ] as const) {
      expect(documents.operation(`${name}${text}`, undefined).node).toBeDefined();
      expect(documents.operation(text.trim(), name).node).toBeNull();
    }
  });

  test('is refused beyond 256 characters', () => {
    const documents = new GraphqlDocuments(schemaOf([scalars, resolvers]));
    expect(documents.operation(text, 'x'.repeat(256)).node).toBeNull();
    expect(() => documents.operation(text, 'x'.repeat(257))).toThrow(
      'The operationName is longer than 256 characters.',
    );
  });
});
