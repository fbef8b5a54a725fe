import { expect, test } from 'vitest';
import { columnTimes } from './column-times.ts';

const SECOND = Date.UTC(2026, 10, 27, 10, 0, 5) / 1000;
const of = (...cells: string[]) => {
  const times = columnTimes(
    cells.map((cell) => [cell]),
    0,
  );
  return times && { ...times, seconds: [...times.seconds] };
};

test.each([
  ['2026-11-27T10:00:05', SECOND, false],
  ['2026-11-27 10:00:05.25', SECOND + 0.25, false],
  ['2026/11/27 10:00', SECOND - 5, false],
  ['2026-11-27', SECOND - 36_005, false],
  ['2026-11-27T10:00:05Z', SECOND, true],
  ['2026-11-27T10:00:05.5+02:00', SECOND - 7199.5, true],
  ['2026-11-27 10:00:05-0330', SECOND + 12_600, true],
  // What .NET writes where no time was set.
  ['0001-01-01T00:00:00', -62_135_596_800, false],
  ['2024-02-29 24:00:00', Date.UTC(2024, 2, 1) / 1000, false],
])('%s', (cell, seconds, isUtc) => {
  expect(of(cell, '', cell)).toEqual({ seconds: [seconds, Number.NaN, seconds], isUtc });
});

test('texts, numbers, and times of two kinds are none', () => {
  expect(of('2026-11-27', 'today', '2026-11-28')).toBeUndefined();
  expect(of('2026', '2027')).toBeUndefined();
  expect(of('', '')).toBeUndefined();
  expect(of('2026-11-27T10:00:05Z', '2026-11-27T10:00:05')).toBeUndefined();
});

test.each(['2026-02-30', '0000-00-00 00:00:00', '2026-13-01', '2026-11-27 25:00:00', '2026-11-27 10:61'])(
  'no calendar and no clock has %s',
  (cell) => {
    expect(of('2026-11-27', cell, '2026-11-28')).toBeUndefined();
  },
);

test('the last row of a growing file may be half there', () => {
  expect(of('2026-11-27T10:00:05', '2026-11-27T10:0')?.seconds).toEqual([SECOND, Number.NaN]);
});
