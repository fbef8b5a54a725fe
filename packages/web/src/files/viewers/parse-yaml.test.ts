import { expect, test } from 'vitest';
import { parseYaml } from './parse-yaml.ts';

test('whole numbers are read to the last digit, others as numbers', () => {
  expect(
    parseYaml('t_ns: 1732645000123456789\nn: 3\nlist: [0x7fffffffffffffff, 1.5, "1732645000123456789"]\n'),
  ).toEqual({
    value: { t_ns: 1732645000123456789n, n: 3, list: [9223372036854775807n, 1.5, '1732645000123456789'] },
  });
  expect(parseYaml('1732645000123456789')).toEqual({ value: 1732645000123456789n });
});

test('ordered maps and sets are what JSON has for them', () => {
  const text = `
order: !!omap [first: 1, second: {third: !!set {a, b}}, 3: !!omap []]
seen: &seen !!set {x}
again: *seen
data: !!binary aGk=
`;
  expect(parseYaml(text)).toEqual({
    value: {
      order: { first: 1, second: { third: ['a', 'b'] }, 3: {} },
      seen: ['x'],
      again: ['x'],
      data: expect.any(Uint8Array),
    },
  });
  expect(parseYaml('!!set {1, 2}')).toEqual({ value: [1, 2] });
  expect(parseYaml('!!omap [__proto__: 1]')).toEqual({ value: JSON.parse('{"__proto__": 1}') });
});
