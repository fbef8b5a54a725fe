import { expect, test } from 'vitest';
import { unitIn } from './unit-text.ts';

test.each([
  ['(ms)', 'ms'],
  ['[arb. u.]', 'arb. u.'],
  ['Volt', 'Volt'],
  ['VOLT', 'VOLT'],
  ['second', 'second'],
  ['nV/√Hz', 'nV/√Hz'],
  ['A m^2', 'A m^2'],
  ['dBm', 'dBm'],
  ['µs', 'µs'],
  ['°C', '°C'],
])('%s is the unit %s', (text, unit) => expect(unitIn(text)).toBe(unit));

test.each(['Time', 'CH1', 'Si', 'x-axis', 'signal', 'Date', 'run 1', '', '()'])('%s is none', (text) =>
  expect(unitIn(text)).toBeUndefined(),
);
