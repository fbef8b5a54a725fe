import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test('whole numbers are read to the last digit', () => {
  const text =
    '{"t_ns": 1732645000123456789, "id":[-12345678901234567890 ,9007199254740993], "safe": 1732645000123456}';
  expect(parseJson(text)).toEqual({
    t_ns: 1732645000123456789n,
    id: [-12345678901234567890n, 9007199254740993n],
    safe: 1732645000123456,
  });
  expect(parseJson('9007199254740993')).toBe(9007199254740993n);
});

test('other numbers and texts are what they are', () => {
  const text =
    '{"a": 0.12345678901234567, "b": 1234567890123456789e3, "c": "1732645000123456789, NaN", "d\\"": ["NaN"]}';
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

test('what Python writes for numbers that JSON has not is read', () => {
  expect(parseJson('{"fit": {"chi2": NaN, "max": [Infinity, -Infinity], "a": 1.5}}')).toEqual({
    fit: { chi2: Number.NaN, max: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], a: 1.5 },
  });
});

test.each([
  '{"a": NaNa}',
  '{NaN: 1}',
  '{1732645000123456789: 1}',
  '[Infinity',
  '"NaN',
  '[- NaN]',
  '[01732645000123456789]',
])('%s is no JSON', (text) => expect(() => parseJson(text)).toThrow(SyntaxError));

test('keys of the language are keys like others', () => {
  const value = parseJson('{"__proto__": 1732645000123456789, "constructor": {"__proto__": [NaN]}}');
  expect(Object.entries(value as object)).toMatchObject([
    ['__proto__', 1732645000123456789n],
    ['constructor', {}],
  ]);
  expect(({} as Record<string, unknown>).constructor).toBe(Object);
});

test.each([
  ['deep', `${'['.repeat(50_000)}NaN${']'.repeat(50_000)}`, true],
  ['a string of escapes', `[NaN, "${'\\"'.repeat(7_000_000)}"]`, true],
  ['a string without an end', `["${'\\"'.repeat(1_000_000)}, NaN`, false],
  ['blanks', `[NaN${' '.repeat(2_000_000)}1732645000123456789]`, false],
  ['digits', `[${'9'.repeat(2_000_000)}]`, true],
  ['many numbers', `[${'1732645000123456789,'.repeat(100_000)}1]`, true],
])('%s takes no seconds', (_, text, isJson) => {
  const start = process.cpuUsage();
  const read = () => parseJson(text);
  if (isJson) read();
  else expect(read).toThrow(SyntaxError);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2);
});
