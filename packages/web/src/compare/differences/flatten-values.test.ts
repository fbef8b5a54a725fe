import { expect, test } from 'vitest';
import { flattenValues } from './flatten-values.ts';

const flat = (value: unknown) => Object.fromEntries(flattenValues(value).values);

test('each value has a path', () => {
  expect(flat({ device: { qubits: [{ f: 4.5 }, { f: null }] }, on: true, note: '1' })).toEqual({
    'device.qubits[0].f': '4.5',
    'device.qubits[1].f': 'null',
    on: 'true',
    note: '“1”',
  });
});

test('whole numbers differ by their last digit', () => {
  expect(flat({ a: 1732645000123456789n, b: 1732645000123456788n })).toEqual({
    a: '1732645000123456789',
    b: '1732645000123456788',
  });
});

test('keys that would be read as paths are in quotes', () => {
  expect(flat({ 'a.b': { 'c[0]': 1 }, 'größe-2': { '': 2 } })).toEqual({
    '["a.b"]["c[0]"]': '1',
    'größe-2[""]': '2',
  });
});

test('what is empty is a value, and so is a file of one', () => {
  expect(flat({ a: [], b: {}, c: new Date(0) })).toEqual({
    a: '[ ]',
    b: '{ }',
    c: '1970-01-01T00:00:00.000Z',
  });
  expect(flat(7)).toEqual({ '(value)': '7' });
});

test('keys of the language are keys like others', () => {
  expect(flat(JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}'))).toEqual({
    '__proto__.x': '1',
    constructor: '2',
  });
});

test('of very many values the first are taken, and that is said', () => {
  const whole = flattenValues(Array.from({ length: 2000 }, (_, i) => i));
  expect([whole.values.size, whole.isCut]).toEqual([2000, false]);
  const cut = flattenValues({ list: Array.from({ length: 100_000 }, () => ({ a: [1, 2] })) });
  expect([cut.values.size, cut.isCut]).toEqual([2000, true]);
});

test('what is nested very deeply is not followed', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(50_000)}1${']'.repeat(50_000)}`);
  expect([...flattenValues(deep).values.values()]).toEqual(['[ … ]']);
});
