import { expect, test } from 'vitest';
import { tickTexts } from './tick-texts.ts';

const from = (start: number, increment: number, count = 4) =>
  Array.from({ length: count }, (_, i) => Number((start + i * increment).toPrecision(15)));

test.each([
  ['plain', 0, 0.25, ['0.00', '0.25', '0.50', '0.75'], undefined],
  ['negative', -2, 1, ['-2', '-1', '0', '1'], undefined],
  ['large indices', 0, 200_000, ['0', '200000', '400000', '600000'], undefined],
  ['gigahertz', 5e9, 1e6, ['5.000', '5.001', '5.002', '5.003'], '… × 10⁹'],
  ['micro', 1.02e-6, 2.5e-9, ['1.0200', '1.0225', '1.0250', '1.0275'], '… × 10⁻⁶'],
  ['Unix seconds', 1732645000, 2000, ['1.732645', '1.732647', '1.732649', '1.732651'], '… × 10⁹'],
  ['tenths of them', 1732645000.2, 0.1, ['0.2', '0.3', '0.4', '0.5'], '1732645000 + …'],
  ['what lies close together', 5_001_234_560, 20, ['60', '80', '100', '120'], '5001234500 + …'],
  ['negative and close', -1732645000.2, 0.1, ['0.8', '0.9', '1.0', '1.1'], '-1732645001 + …'],
  ['very large', 1e30, 1e29, ['1.0', '1.1', '1.2', '1.3'], '… × 10³⁰'],
])('%s', (_, start, increment, texts, rule) => {
  expect(tickTexts(from(start, increment), increment)).toEqual({ texts, rule });
});

test('whatever the numbers, no text is long', () => {
  for (let first = -300; first < 300; first += 7)
    for (let finer = 0; finer < 14; finer += 1) {
      const increment = 2.5 * 10 ** (first - finer);
      const { texts } = tickTexts(from(-1.5 * 10 ** first, increment, 8), increment);
      expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(11);
    }
});

test('no ticks have no texts', () => expect(tickTexts([], 1)).toEqual({ texts: [], rule: undefined }));
