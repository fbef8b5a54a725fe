import { describe, expect, test } from 'vitest';
import { API } from '../api.ts';
import { InvalidArgumentError } from '../errors/errors.ts';
import { scriptedServer } from '../testing/scripted-server.ts';
import type { ExtensionParameter } from './extension.ts';
import { completePairs, givenPairs, type ParameterValues } from './parameter-values.ts';

const parameter = (name: string, defaultValue: string | null = null): ExtensionParameter => ({
  name,
  displayName: null,
  description: null,
  dataType: 'str',
  defaultValue,
  options: null,
});
const declared = [parameter('target'), parameter('span', '1e6'), parameter('note', '')];

test.each([
  ['a text', ' two\nlines ', ' two\nlines '],
  ['an empty text', '', ''],
  ['a number', 1.5, '1.5'],
  ['a whole number', 12, '12'],
  ['a small number', 5e-7, '5e-7'],
  ['a large number', 1e21, '1e+21'],
  ['no number', Number.NaN, 'nan'],
  ['infinity', Number.POSITIVE_INFINITY, 'inf'],
  ['minus infinity', Number.NEGATIVE_INFINITY, '-inf'],
  ['true', true, 'true'],
  ['false', false, 'false'],
])('%s goes over as Python reads it', (_name, value, expected) => {
  expect(givenPairs({ p: value })).toEqual([['p', expected]]);
});

test('an experiment goes over as its EID', async () => {
  const createExperiment = { uuid: 'u', eid: '20240101-7', createdAt: '2024-01-01T00:00:00.000001+00:00' };
  const { url } = await scriptedServer({ CreateExperiment: () => ({ createExperiment }) });
  expect(givenPairs({ target: await new API(url).createExperiment('', '') })).toEqual([
    ['target', '20240101-7'],
  ]);
});

describe('completed', () => {
  test('they come as they were declared, with defaults for what is not given', () => {
    const pairs = [
      ['target', '20240101-1'],
      ['span', '1e6'],
      ['note', ''],
    ];
    expect(completePairs('It', declared, { target: '20240101-1' })).toEqual(pairs);
    expect(completePairs('It', declared, { note: undefined, target: '20240101-1' })).toEqual(pairs);
    expect(completePairs('It', declared, { span: 2, note: 'x', target: 'y' })).toEqual([
      ['target', 'y'],
      ['span', '2'],
      ['note', 'x'],
    ]);
  });

  test.each<[string, ParameterValues, string]>([
    ['a missing one', { span: 1 }, 'It needs a value for "target".'],
    [
      'one too many',
      { target: '', Span: 1 },
      'It has no parameter "Span". It takes "target", "span", "note".',
    ],
    ['a name that every object has', { target: '', constructor: 'x' }, 'It has no parameter "constructor".'],
  ])('%s is named', (_name, values, message) => {
    const complete = () => completePairs('It', declared, values);
    expect(complete).toThrow(InvalidArgumentError);
    expect(complete).toThrow(message);
  });

  test('a name that every object has is no value of it', () => {
    expect(() => completePairs('It', [parameter('toString')], {})).toThrow('needs a value for "toString"');
    expect(() => completePairs('It', [], { a: 1 })).toThrow('It has no parameter "a". It takes none.');
  });
});

test.each([
  [null, 'null'],
  [{}, 'an object (Object)'],
  [[1], 'a list'],
  [() => 1, '() => 1'],
])('%s is no value', (value, shown) => {
  const give = () => givenPairs({ p: value as unknown as string });
  expect(give).toThrow(InvalidArgumentError);
  expect(give).toThrow(
    `The parameter "p" must be a text, a number, a boolean or an Experiment, not ${shown}.`,
  );
});

test.each([null, 'a', [['a', 'b']]])('%s are no parameters', (values) => {
  expect(() => givenPairs(values as unknown as ParameterValues)).toThrow(
    'parameters must be an object of names and values',
  );
});
