import { expect, test } from 'vitest';
import { longTime, timeTexts } from './time-texts.ts';

const START = Date.UTC(2026, 10, 27, 23, 0, 0) / 1000;
const from = (start: number, increment: number) =>
  timeTexts(
    Array.from({ length: 3 }, (_, i) => start + i * increment),
    increment,
  );

test.each([
  ['minutes', START, 600, ['23:00', '23:10', '23:20'], '2026-11-27'],
  ['seconds', START, 5, ['23:00:00', '23:00:05', '23:00:10'], '2026-11-27'],
  ['tenths', START, 0.2, ['23:00:00.0', '23:00:00.2', '23:00:00.4'], '2026-11-27'],
  ['over midnight', START, 1800, ['11-27 23:00', '11-27 23:30', '11-28 00:00'], undefined],
  ['days', START - 23 * 3600, 86_400, ['2026-11-27', '2026-11-28', '2026-11-29'], undefined],
])('%s', (_, start, increment, texts, rule) => expect(from(start, increment)).toEqual({ texts, rule }));

test('no ticks have no texts', () => expect(timeTexts([], 1).texts).toEqual([]));

test.each([
  [START, '2026-11-27 23:00:00'],
  [START + 0.25, '2026-11-27 23:00:00.25'],
  [null, '–'],
])('%d is read off as %s', (seconds, text) => expect(longTime(seconds)).toBe(text));
