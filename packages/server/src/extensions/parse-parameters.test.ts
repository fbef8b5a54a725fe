import { describe, expect, test } from 'vitest';
import type { Action, DataType, Parameter } from './extension.ts';
import { parseParameters } from './parse-parameters.ts';

const options = ['red', 'green', 'dark blue'];

describe('values, as the original refuses them', () => {
  test.each<[DataType, string, string]>([
    ...['1.5', '', 'x', '0x10', '1e3', '1,000', 'true', '1__0', '_1', '1_', '+ 1', '1 2', '²', '\ufeff1'].map(
      (value): [DataType, string, string] => ['int', value, `${value} is not int.`],
    ),
    ...['', 'x', '1,5', '1.5.2', '0x1p3', 'true', '.', '1_.5', '1._5', 'e5', '1e', 'infinit', '- 1'].map(
      (value): [DataType, string, string] => ['float', value, `${value} is not float.`],
    ),
    ...['', 'yes', 'on', '2', ' true', 'T', 'None', '1.0', '01'].map((value): [DataType, string, string] => [
      'bool',
      value,
      `${value} is not a valid bool.`,
    ]),
    ...['', 'Red', 'dark', 'blue', ' red', 'red\n'].map((value): [DataType, string, string] => [
      'select',
      value,
      `${value} is not in ['red', 'green', 'dark blue'].`,
    ]),
    ...[
      '',
      'hello',
      '20240101',
      '20240101-',
      '-1',
      '2024-01-01',
      'x-1',
      '20240101-1-1',
      '20240101-1\n',
      '1-a_b',
    ].map((value): [DataType, string, string] => ['experiment', value, `${value} is not a valid EID.`]),
    ['experiment', '../../etc/passwd', '../../etc/passwd is not a valid EID.'],
  ])('%s %j', (dataType, value, message) => {
    expect(() => parse([['p', value]], { dataType })).toThrow(message);
  });

  test.each<[DataType, string, string]>([
    ...['7', '+7', '-0', ' 1_000 ', '１２', '٣', '1\n', '\u2003 5', '0007'].map(
      (value): [DataType, string, string] => ['int', value, value],
    ),
    ...['1', '.5', '5.', '1e400', '-1.5e-3', 'inf', '-Infinity', 'NaN', '1_0.0_1e1_0', ' 2 ', '٣.٣'].map(
      (value): [DataType, string, string] => ['float', value, value],
    ),
    ['bool', 'TRUE', '1'],
    ['bool', '1', '1'],
    ['bool', 'fAlSe', '0'],
    ['bool', '0', '0'],
    ['select', 'dark blue', 'dark blue'],
    ['experiment', '20000101-1', '20000101-1'],
    ['experiment', '20240101-000123456', '20240101-000123456'],
    ['experiment', '2019-x7', '2019-x7'],
    ['experiment', '٢٠٢٤-é', '٢٠٢٤-é'],
    ['file', 'raw data.csv', 'raw data.csv'],
    ['str', '$(reboot) `x` "\'\\ \n', '$(reboot) `x` "\'\\ \n'],
    ['textarea', '', ''],
  ])('%s %j is passed on as %j', (dataType, value, passed) => {
    expect(parse([['p', value]], { dataType })).toEqual([passed]);
  });

  test('what can not become an environment variable', () => {
    expect(() => parse([['p', 'a\0b']])).toThrow('The value of "p" holds a NUL character');
    expect(() => parse([['p', 'a\ud83d']])).toThrow('The value of "p" holds half of a surrogate pair');
    expect(parse([['p', 'a\ud83d\ude00']])).toEqual(['a\ud83d\ude00']);
    expect(() => parse([['p', 'x'.repeat(131_070)]])).toThrow('takes 131072 bytes, at most 131071');
    expect(() => parse([['p', 'é'.repeat(65_535)]])).toThrow('takes 131072 bytes');
    expect(parse([['p', 'x'.repeat(131_069)]])[0]).toHaveLength(131_069);
    const many = Array.from({ length: 9 }, (_, i) => [`p${i}`, 'x'.repeat(130_000)]);
    expect(() => parseParameters(actionWith(many.map(([name = '']) => parameter({ name }))), many)).toThrow(
      'The parameters take 1170027 bytes; at most 1048576 can be passed on.',
    );
  });

  test('long ones are refused at once', () => {
    const start = performance.now();
    for (const value of [
      '1'.repeat(130_000),
      '1_'.repeat(65_000),
      ' '.repeat(130_000),
      '1e'.repeat(65_000),
    ]) {
      for (const dataType of ['int', 'float', 'experiment', 'bool'] as const) {
        expect(() => parse([['p', `${value}x`]], { dataType })).toThrow('is not');
      }
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('names', () => {
  const two = actionWith([
    parameter({ name: 'target', dataType: 'experiment' }),
    parameter({ name: 'message' }),
  ]);
  const prefix = "Parameters error: keys don't match expected set. ";

  test.each<[string[][], string]>([
    [[['target', '20240101-1']], "Missing keys: {'message'}; Unexpected keys: set()"],
    [[], "Missing keys: {'target', 'message'}; Unexpected keys: set()"],
    [
      [
        ['target', '20240101-1'],
        ['message', 'm'],
        ["it's", '1'],
      ],
      'Missing keys: set(); Unexpected keys: {"it\'s"}',
    ],
    [
      [
        ['target', 'x'],
        ['Message', 'm'],
      ],
      "Missing keys: {'message'}; Unexpected keys: {'Message'}",
    ],
    [
      [
        ['target', 'x'],
        ['message', 'm'],
        ['a\n\0\\é', ''],
        ['both " and \'', ''],
      ],
      "Missing keys: set(); Unexpected keys: {'a\\n\\x00\\\\é', 'both \" and \\''}",
    ],
    [
      [
        ['target', 'x'],
        ['message', 'm'],
        ['__proto__', ''],
        ['constructor', ''],
      ],
      "Missing keys: set(); Unexpected keys: {'__proto__', 'constructor'}",
    ],
  ])('%j', (pairs, message) => {
    expect(() => parseParameters(two, pairs)).toThrow(prefix + message);
  });

  test.each<[string[][], string]>([
    [[['target']], 'Each parameter is a pair of name and value; a list of 1 was given.'],
    [[['target', 'x', 'y']], 'Each parameter is a pair of name and value; a list of 3 was given.'],
    [[[]], 'Each parameter is a pair of name and value; a list of 0 was given.'],
  ])('%j is no pair', (pairs, message) => {
    expect(() => parseParameters(two, pairs)).toThrow(message);
  });

  test('come in any order, and the last of two values counts', () => {
    const parsed = parseParameters(two, [
      ['message', 'first'],
      ['target', '20240101-1'],
      ['message', 'second'],
    ]);
    expect(parsed.map(({ name, value }) => [name, value])).toEqual([
      ['target', '20240101-1'],
      ['message', 'second'],
    ]);
  });

  test('of two wrong values the first declared one is named', () => {
    const wrong = [
      ['message', 'none'],
      ['target', 'nowhere'],
    ];
    expect(() => parseParameters(two, wrong)).toThrow('nowhere is not a valid EID.');
  });
});

function parse(pairs: string[][], declared: Partial<Parameter> = {}): string[] {
  return parseParameters(actionWith([parameter(declared)]), pairs).map(({ value }) => value);
}

function parameter(declared: Partial<Parameter>): Parameter {
  return {
    name: 'p',
    displayName: null,
    description: null,
    dataType: 'str',
    defaultValue: null,
    options,
    ...declared,
  };
}

function actionWith(parameters: readonly Parameter[]): Action {
  return {
    name: 'run',
    displayName: null,
    description: '',
    script: 'true',
    parameters,
    experimentVariableName: '',
    timeoutSeconds: undefined,
  };
}
