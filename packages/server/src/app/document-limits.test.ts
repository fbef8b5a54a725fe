import { schemaText } from '@aqueduct/contract';
import { buildSchema, getIntrospectionQuery, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { parseWithinLimits } from './document-limits.ts';

const schema = buildSchema(schemaText);
const many = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const ofTasks = (selection: string) => `{ tasks(offset: 0, limit: 1) { tasksData { ${selection} } } }`;
const output = () => 'output(after: 1) { sequence }';

describe('fields of one name at one place', () => {
  test.each([
    ['side by side', ofTasks(many(101, output))],
    [
      'in inline fragments',
      ofTasks(many(101, (i) => `... on ${i % 2 ? 'TaskData' : 'ExperimentData'} { x: uuid }`)),
    ],
    [
      'in fragments',
      `${ofTasks(many(51, (i) => `...F${i} ${output()}`))} ${many(51, (i) => `fragment F${i} on TaskData { ${output()} }`)}`,
    ],
    ['below others', ofTasks(many(15, () => `experiment { ${many(8, () => 'tasks { uuid }')} }`))],
    ['in several operations', many(3, (i) => `query Q${i} ${ofTasks(many(65, output))}`)],
    ['in a fragment that nobody uses', `{ tags { tags } } fragment F on TaskData { ${many(101, output)} }`],
    [
      'in one of two fragments of one name',
      `{ tags { ...F } } fragment F on Tags { ${many(101, () => 'tags')} } fragment F on Tags { tags }`,
    ],
    [
      'or 101 fragments in one place',
      `${ofTasks(many(101, (i) => `...F${i}`))} ${many(101, (i) => `fragment F${i} on TaskData { a${i}: uuid }`)}`,
    ],
  ])('%s: refused before they are compared', (_, query) => {
    expect(() => parseWithinLimits(query)).toThrow(
      'The query has more than 5000 pairs of fields with one name, or of fragments in one place.',
    );
  });

  test.each([
    ['70 with arguments and more below', ofTasks(many(70, output))],
    ['900 names', ofTasks(many(900, (i) => `a${i}: uuid`))],
    [
      'a fragment in many places',
      `${ofTasks(many(90, (i) => `a${i}: experiment { ...F }`))} fragment F on ExperimentData { eid title tags }`,
    ],
    ['what GraphiQL asks for', getIntrospectionQuery()],
  ])('%s: taken', (_, query) => {
    expect(validate(schema, parseWithinLimits(query).document)).toEqual([]);
  });
});

test('more than 2000 lines are refused, however they end', () => {
  for (const end of ['\n', '\r', '\r\n']) {
    expect(() => parseWithinLimits(`{ ${end.repeat(2000)} tags { tags } }`)).toThrow(
      'The query has more than 2000 lines.',
    );
    expect(parseWithinLimits(`{ ${end.repeat(1999)} tags { tags } }`).fields).toBe(2);
  }
});
