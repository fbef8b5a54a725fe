import { expect, test } from 'vitest';
import { jsonFault } from './json-fault.ts';

test.each([
  ['{\n"first": 1,\n"second": oops,\n"third": 3}', "Unexpected token 'o' (line 3 column 11)"],
  ['{"a":\noops, "something that is longer": 3}', "Unexpected token 'o' (line 2 column 1)"],
  ['{"something that is longer": 3,\n "b": oops}', "Unexpected token 'o' (line 2 column 7)"],
  ['{"a": oops}', `Unexpected token 'o', "{"a": oops}" is not valid JSON`],
  ['{"a": 1,\n}', /line 2 column 1/],
])('of %j is said %j', (text, fault) => {
  let said = '';
  try {
    JSON.parse(text);
  } catch (error) {
    said = jsonFault(text, error as SyntaxError);
  }
  expect(said).toEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault));
});
