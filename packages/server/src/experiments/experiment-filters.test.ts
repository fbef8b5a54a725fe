import { expect, test } from 'vitest';
import { parseFilters } from './experiment-filters.ts';

test.each([
  ['a name that no user has', ['x'.repeat(65)], 'Names in createdBy have at most 64 characters'],
  ['a control character', ['ad\0min'], 'Names in createdBy have at most 64 characters'],
  ['many names', Array(11).fill('x'), 'Maximum allowed number of createdBy in a filter is 10; 11 given.'],
])('createdBy takes no %s', (_, createdBy, text) => {
  expect(() => parseFilters({ createdBy })).toThrow(text);
});

test('createdBy takes the longest names of users', () => {
  const longest = '🙂'.repeat(64);
  expect(parseFilters({ createdBy: [longest, 'admin', longest, ''] }).authors).toEqual([
    '',
    'admin',
    longest,
  ]);
});
