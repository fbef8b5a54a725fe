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
