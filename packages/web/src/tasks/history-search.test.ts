import { expect, test } from 'vitest';
import { readHistorySearch } from './history-search.ts';

test.each([
  ['FAILURE', ['FAILURE']],
  ['["PENDING","STARTED"]', ['PENDING', 'STARTED']],
  ['["SUCCESS","toString",3]', ['SUCCESS']],
  ['constructor', undefined],
  ['{"a":1}', undefined],
])('of the states %s in an address, those count that there are', (state, read) => {
  expect(readHistorySearch({ state }).state).toEqual(read);
});
