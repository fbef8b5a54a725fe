import { expect, test } from 'vitest';
import { parseTable } from './parse-table.ts';

const lines = (line: (i: number) => string, count = 20) =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');

/** Of each column the name and its first numbers, or undefined for one of texts. */
function shapeOf(text: string, name = 'a.csv') {
  const { columns, rowCount, note } = parseTable(text, name);
  return {
    rowCount,
    note,
    columns: columns.map((column) => [column.name, column.numbers && [...column.numbers.subarray(0, 2)]]),
  };
}

test.each([
  {
    instrument: 'Keysight',
    text: `x-axis,1,2\nsecond,Volt,Volt\n${lines((i) => `${i}e-3,0.${i},-0.${i}`)}`,
    columns: [
      ['x-axis (second)', [0, 0.001]],
      ['1 (Volt)', [0, 0.1]],
      ['2 (Volt)', [-0, -0.1]],
    ],
  },
  {
    instrument: 'Rigol',
    text: `X,CH1,Start,Increment,\nSequence,VOLT,-6e-04,1e-06\n${lines((i) => `${i},0.${i},,`)}`,
    columns: [
      ['X (Sequence)', [0, 1]],
      ['CH1 (VOLT)', [0, 0.1]],
      ['Start (-6e-04)', undefined],
      ['Increment (1e-06)', undefined],
      ['Column 5', undefined],
    ],
  },
  {
    instrument: 'PicoScope',
    text: `Time,Channel A\n(ms),(V)\n\n${lines((i) => `${i}.5,0.${i}`)}`,
    columns: [
      ['Time (ms)', [0.5, 1.5]],
      ['Channel A (V)', [0, 0.1]],
    ],
  },
  {
    instrument: 'Tektronix, one channel',
    text: `Model,MSO46\nFirmware,1.28\nHorizontal Units,s\nSample Interval,4e-10\n\nTIME,CH1\n${lines((i) => `${i}e-9,0.${i}`)}`,
    columns: [
      ['TIME', [0, 1e-9]],
      ['CH1', [0, 0.1]],
    ],
    note: '4 rows before the table are left out',
  },
  {
    instrument: 'LeCroy',
    text: `LECROYWS104,10019,Waveform\nSegments,1,SegmentSize,20\nSegment,TrigTime,TimeSinceSegment1\n#1,07-Feb-2018 10:42:22,0\nTime,Ampl\n${lines((i) => `${i}e-8,0.${i}`)}`,
    columns: [
      ['Time', [0, 1e-8]],
      ['Ampl', [0, 0.1]],
    ],
    note: '3 rows before the table are left out',
  },
  {
    instrument: 'Origin',
    text: `Time,Signal\ns,V/√Hz\n,cold\n${lines((i) => `${i},0.${i}`)}`,
    columns: [
      ['Time (s)', [0, 1]],
      ['Signal (V/√Hz)', [0, 0.1]],
    ],
    note: '1 row before the table is left out',
  },
  {
    instrument: 'Excel, with its separator',
    text: `sep=;\nx;y\n${lines((i) => `${i};0,${i}`)}`,
    columns: [
      ['x', [0, 1]],
      ['y', [0, 0.1]],
    ],
  },
  {
    instrument: 'a script, with settings as pairs',
    text: `Points,1000\nStep,0.1\n${lines((i) => `${i},0.${i}`)}`,
    columns: [
      ['Column 1', [0, 1]],
      ['Column 2', [0, 0.1]],
    ],
    note: '2 rows before the table are left out',
  },
])('what $instrument writes is read', ({ text, columns, note }) => {
  expect(shapeOf(text)).toEqual({ rowCount: 20, note, columns });
});

test.each([1, 2, 20])('a log of %d rows without names loses none', (count) => {
  const { rowCount, columns } = shapeOf(lines((i) => `2026-11-27T10:00:${10 + i},4.${i},1`, count));
  expect([rowCount, ...columns.map(([name]) => name)]).toEqual([count, 'Column 1', 'Column 2', 'Column 3']);
});

test('nor does one of names with numbers', () => {
  expect(shapeOf('Si,1\nGe,2\nC,3\n')).toMatchObject({
    rowCount: 3,
    columns: [
      ['Column 1', undefined],
      ['Column 2', [1, 2]],
    ],
  });
});

test('the numbers from 0 with which pandas calls columns are names', () => {
  expect(shapeOf(`,0,1,2\n${lines((i) => `${i},10,20,30`)}`)).toMatchObject({
    rowCount: 20,
    columns: [
      ['Column 1', [0, 1]],
      ['0', [10, 10]],
      ['1', [20, 20]],
      ['2', [30, 30]],
    ],
  });
});

test('a word between the numbers costs no rows', () => {
  const { rowCount, columns } = shapeOf(`t,v\n0,OVERLOAD\n1,OVERLOAD\n${lines((i) => `${i + 2},${i}`)}`);
  expect([rowCount, columns]).toEqual([
    22,
    [
      ['t', [0, 1]],
      ['v', undefined],
    ],
  ]);
});

test.each([
  ['of words and numbers', 'sample,dR', 'a,NaN\nb,\n', (i: number) => `c${i},0.${i}`],
  ['of numbers and words', 'T,state', 'NaN,up\n', (i: number) => `0.${i},down`],
  ['of numbers', 't,v', 'NaN,NaN\n', (i: number) => `${i},0.${i}`],
])(
  'readings that failed cost no rows and no names at the beginning of a table %s',
  (_, names, failed, row) => {
    const { rowCount, columns, note } = shapeOf(`${names}\n${failed}${lines(row)}`);
    expect([rowCount, columns.map(([name]) => name), note]).toEqual([
      20 + failed.split('\n').length - 1,
      names.split(','),
      undefined,
    ]);
  },
);

test('nor does one behind the first row', () => {
  const { rowCount, columns, note } = shapeOf(`sample,dR\na,1\nb,NaN\n${lines((i) => `c${i},0.${i}`)}`);
  expect([rowCount, columns.map(([name]) => name), note]).toEqual([22, ['sample', 'dR'], undefined]);
});

test('names that are short like units stay names', () => {
  expect(shapeOf(`Sample,Si\nRun,A7\nT,V\n${lines((i) => `${i},0.${i}`)}`)).toMatchObject({
    note: '2 rows before the table are left out',
    columns: [
      ['T', [0, 1]],
      ['V', [0, 0.1]],
    ],
  });
});
