import { expect, test } from 'vitest';
import { head, problemOf, withParameter } from './testing/manifests.ts';

test.each<[what: string, manifest: string, problem: string]>([
  ['a mapping of actions', `${head}actions: {a: b}`, 'line 3, actions: must be a list, but is a mapping'],
  ['empty actions', `${head}actions:`, 'line 3, actions: must be a list, but is empty'],
  [
    'a text for an action',
    `${head}actions: [fit]`,
    'line 3, actions[0]: must be a mapping with name and script, but is "fit"',
  ],
  ['an action without name', `${head}actions: [{script: s}]`, 'line 3, actions[0].name: is missing'],
  ['an action without script', `${head}actions: [{name: s}]`, 'line 3, actions[0].script: is missing'],
  [
    'an empty script',
    `${head}actions: [{name: s, script: ""}]`,
    'line 3, actions[0].script: must not be empty, but is ""',
  ],
  [
    'a switch for a script',
    `${head}actions: [{name: s, script: true}]`,
    'line 3, actions[0].script: must be a text, but is True',
  ],
  [
    'a list for a script',
    `${head}actions: [{name: s, script: [a]}]`,
    'line 3, actions[0].script: must be a text, but is a list',
  ],
  [
    'a NUL in a script',
    `${head}actions: [{name: s, script: "a\\0"}]`,
    'line 3, actions[0].script: must not hold a NUL character, but is "a\\u0000"',
  ],
  [
    'two actions of one name',
    `${head}actions:\n- {name: s, script: a}\n- {name: s, script: b}`,
    'line 5, actions[1].name: "s" is there before; names must differ',
  ],
  [
    'a mapping of parameters',
    `${head}actions: [{name: s, script: a, parameters: {a: b}}]`,
    'line 3, actions[0].parameters: must be a list, but is a mapping',
  ],
  [
    'a text for a parameter',
    `${head}actions: [{name: s, script: a, parameters: [a]}]`,
    'line 3, actions[0].parameters[0]: must be a mapping with name and data_type, but is "a"',
  ],
  ['a parameter without name', withParameter('data_type: int'), 'parameters[0].name: is missing'],
  ['a parameter without type', withParameter('name: a'), 'parameters[0].data_type: is missing'],
  [
    'an unknown type',
    withParameter('name: a, data_type: integer'),
    'parameters[0].data_type: must be one of int, str, textarea, float, experiment, file, bool, select, but is "integer"',
  ],
  [
    'a number for a type',
    withParameter('name: a, data_type: 1'),
    'parameters[0].data_type: must be one of int, str, textarea, float, experiment, file, bool, select, but is 1',
  ],
  [
    'two parameters of one name',
    withParameter('name: a, data_type: int}, {name: a, data_type: str'),
    'parameters[1].name: "a" is there before; names must differ',
  ],
  [
    'a switch for a parameter name',
    withParameter('name: on, data_type: int'),
    'parameters[0].name: must be a text, but is True',
  ],
  [
    'a select without options',
    withParameter('name: a, data_type: select'),
    'parameters[0].options: must list the values of the select',
  ],
  [
    'empty options',
    withParameter('name: a, data_type: select, options: []'),
    'parameters[0].options: must list the values of the select',
  ],
  [
    'a text for options',
    withParameter('name: a, data_type: select, options: "a, b"'),
    'parameters[0].options: must be a list, but is "a, b"',
  ],
  [
    'a list among options',
    withParameter('name: a, data_type: select, options: [[a]]'),
    'parameters[0].options[0]: must be a single value without NUL characters, but is a list',
  ],
  [
    'a list as default',
    withParameter('name: a, data_type: str, default_value: [a]'),
    'parameters[0].default_value: must be a single value without NUL characters, but is a list',
  ],
  [
    'a default that is no int',
    withParameter('name: a, data_type: int, default_value: many'),
    'parameters[0].default_value: many is not int.',
  ],
  [
    'a real default of an int',
    withParameter('name: a, data_type: int, default_value: 1.5'),
    'parameters[0].default_value: 1.5 is not int.',
  ],
  [
    'a default that is no float',
    withParameter('name: a, data_type: float, default_value: "1,5"'),
    'parameters[0].default_value: 1,5 is not float.',
  ],
  [
    'a default that is no bool',
    withParameter('name: a, data_type: bool, default_value: 2'),
    'parameters[0].default_value: 2 is not a valid bool.',
  ],
  [
    'a default that is no EID',
    withParameter('name: a, data_type: experiment, default_value: 20240101'),
    'parameters[0].default_value: 20240101 is not a valid EID.',
  ],
  [
    'a default out of the options',
    withParameter('name: a, data_type: select, options: [a, "b c"], default_value: d'),
    "parameters[0].default_value: d is not in ['a', 'b c'].",
  ],
])('%s', (_, manifest, problem) => {
  expect(problemOf(manifest)).toContain(problem);
  expect(problemOf(manifest)).toMatch(/^manifest\.yml, line \d+/);
});
