import { expect, test } from 'vitest';
import { followChange } from './follow-change.ts';

test.each([
  ['|one two', 'zero one two', '|zero one two'],
  ['one |two', 'zero one two', 'zero one |two'],
  ['one |two', 'one two three', 'one |two three'],
  ['one two|', 'one and two', 'one and two|'],
  ['one tw|o', 'one 2', 'one 2|'],
  ['a|a', 'aaaa', 'a|aaa'],
  ['all of it|', '', '|'],
])('%j, changed to %j, is %j', (before, after, expected) => {
  const moved = followChange(before.indexOf('|'), before.replace('|', ''), after);
  expect(`${after.slice(0, moved)}|${after.slice(moved)}`).toBe(expected);
});
