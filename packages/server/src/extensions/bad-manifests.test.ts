import { expect, test } from 'vitest';
import { head, noActions, problemOf, read } from './testing/manifests.ts';

test.each<[what: string, manifest: string, problem: string]>([
  ['nothing', '', 'line 1: must be a mapping with name, authors and actions, but is empty'],
  ['a list', '- a', 'line 1: must be a mapping with name, authors and actions, but is a list'],
  ['a text', 'hello', 'line 1: must be a mapping with name, authors and actions, but is "hello"'],
  ['no name', 'authors: a\nactions: []', 'line 1, name: is missing'],
  ['no authors', 'name: a\nactions: []', 'line 1, authors: is missing'],
  ['no actions', head, 'line 1, actions: is missing'],
  ['a number for a name', 'name: 7\nauthors: a\nactions: []', 'line 1, name: must be a text, but is 7'],
  ['a switch for a name', 'name: on\nauthors: a\nactions: []', 'line 1, name: must be a text, but is True'],
  [
    'a mapping for a name',
    'name: {a: b}\nauthors: a\nactions: []',
    'line 1, name: must be a text, but is a mapping',
  ],
  ['a blank name', 'name: " "\nauthors: a\nactions: []', 'line 1, name: must not be empty, but is " "'],
  [
    'a name of two lines',
    'name: "a\\nb"\nauthors: a\nactions: []',
    'line 1, name: must not hold control characters, but is "a\\nb"',
  ],
  [
    'a long name',
    `name: ${'x'.repeat(129)}\nauthors: a\nactions: []`,
    `line 1, name: must not be longer than 128 characters, but is "${'x'.repeat(60)}…"`,
  ],
  [
    'a list of authors',
    'name: a\nauthors: [a, b]\nactions: []',
    'line 2, authors: must be a text, but is a list',
  ],
  [
    'a NUL',
    `${noActions}description: "a\\0b"`,
    'line 4, description: must not hold a NUL character, but is "a\\u0000b"',
  ],
  [
    'a number for an address',
    `${noActions}aqueduct_url: 8000`,
    'line 4, aqueduct_url: must be a text, but is 8000',
  ],
  ['unknown access', `${noActions}access: some`, 'line 4, access: must be all or parameters, but is "some"'],
  [
    'a text for a timeout',
    `${noActions}timeout: 1h`,
    'line 4, timeout: must be a number of seconds, but is "1h"',
  ],
  [
    'a negative timeout',
    `${noActions}timeout: -1`,
    'line 4, timeout: must be a number of seconds from 0 (for ever) to 10000000, but is -1',
  ],
  [
    'a timeout of no number',
    `${noActions}timeout: .nan`,
    'line 4, timeout: must be a number of seconds, but is nan',
  ],
  [
    'an endless timeout',
    `${noActions}timeout: .inf`,
    'line 4, timeout: must be a number of seconds from 0 (for ever) to 10000000, but is inf',
  ],
  [
    'a list of constants',
    `${noActions}constants: [a]`,
    'line 4, constants: must be a mapping, but is a list',
  ],
  [
    'a NUL in a constant',
    `${noActions}constants: {b: "\\0"}`,
    'line 4, constants.b: must be a single value without NUL characters',
  ],
])('%s', (_, manifest, problem) => {
  expect(problemOf(manifest)).toContain(problem);
  expect(problemOf(manifest)).toMatch(/^manifest\.yml, line \d+/);
});

test('several faults are all named, up to five', () => {
  expect(problemOf('name: 7\nactions:\n  - name: fit\n')).toBe(
    [
      'manifest.yml, line 1, name: must be a text, but is 7',
      'manifest.yml, line 1, authors: is missing',
      'manifest.yml, line 3, actions[0].script: is missing',
    ].join('\n'),
  );
  const many = Array.from({ length: 9 }, () => '{}').join();
  expect(problemOf(`${head}actions: [${many}]`).split('\n')).toHaveLength(6);
  expect(problemOf(`${head}actions: [${many}]`)).toMatch(/\n… and 13 more$/);
});

test('as many keys as fit are no burden', () => {
  const start = performance.now();
  const keys = Array.from({ length: 1400 }, (_, i) => `k${i}: 1`).join('\n');
  expect(read(noActions + keys).name).toBe('Lab');
  expect(performance.now() - start).toBeLessThan(1000);
});
