import { describe, expect, test } from 'vitest';
import { noActions, read } from './testing/manifests.ts';

describe('constants reach scripts as Python writes what PyYAML reads', () => {
  test.each<[yaml: string, text: string]>([
    ...['true', 'yes', 'on', 'ON', 'Yes'].map((yaml): [string, string] => [yaml, 'True']),
    ...['false', 'No', 'off'].map((yaml): [string, string] => [yaml, 'False']),
    ...['y', 'n', 'Y', '"true"', "'7'"].map((yaml): [string, string] => [yaml, yaml.replace(/["']/g, '')]),
    ...['', '~', 'null', 'NULL'].map((yaml): [string, string] => [yaml, 'None']),
    ['None', 'None'],
    ['7', '7'],
    ['-7', '-7'],
    ['010', '8'],
    ['08', '08'],
    ['0o10', '0o10'],
    ['0x1F', '31'],
    ['0b101', '5'],
    ['1_000', '1000'],
    ['1:30', '90'],
    ['-1:30:00', '-5400'],
    ['12345678901234567890', '12345678901234567890'],
    ['1.50', '1.5'],
    ['1.', '1.0'],
    ['-0.0', '-0.0'],
    ['1e5', '1e5'],
    ['1.0e5', '1.0e5'],
    ['1.0e+5', '100000.0'],
    ['1.0e+16', '1e+16'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['1.5e-7', '1.5e-07'],
    ['123456789.123456789', '123456789.12345679'],
    ['.inf', 'inf'],
    ['-.INF', '-inf'],
    ['.nan', 'nan'],
    ['1:30.5', '90.5'],
    ['2024-01-01', '2024-01-01'],
    ['2024-1-1', '2024-1-1'],
    ['2024-01-01T12:00:00Z', '2024-01-01 12:00:00+00:00'],
    ['2024-01-01 1:00:00.5 -5', '2024-01-01 01:00:00.500000-05:00'],
    ['20240101-1', '20240101-1'],
    ['|\n    two\n    lines', 'two\nlines\n'],
    ['!!str 7', '7'],
  ])('%s becomes %j', (yaml, text) => {
    expect(read(`${noActions}constants:\n  c: ${yaml}\n`).constants).toEqual({ c: text });
  });
});
