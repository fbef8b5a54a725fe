import { expect, test } from 'vitest';
import { OutputLog } from './output-log.ts';

function linesOf(log: OutputLog): string[] {
  return log.view().blocks.flatMap((lines) => lines.map(({ text }) => text));
}

function logOf(...chunks: readonly [stream: 'STDOUT' | 'STDERR', text: string][]): OutputLog {
  const log = new OutputLog();
  for (const [i, [stream, text]] of chunks.entries()) log.append({ sequence: i + 1, stream, text });
  return log;
}

test('a line may come in pieces, between which the other stream prints', () => {
  const log = logOf(['STDOUT', 'one\ntw'], ['STDERR', 'odd\n'], ['STDOUT', 'o\nthr'], ['STDOUT', 'ee']);
  expect(linesOf(log)).toEqual(['one', 'two', 'odd', 'three']);
});

test('empty lines stay, and an end of a line alone begins none', () => {
  expect(linesOf(logOf(['STDOUT', 'a\n\nb\n']))).toEqual(['a', '', 'b']);
  expect(linesOf(logOf(['STDOUT', 'a'], ['STDOUT', '\n'], ['STDOUT', 'b\n']))).toEqual(['a', 'b']);
});

test('a chunk that comes twice is taken once', () => {
  const log = logOf(['STDOUT', 'a\n']);
  log.append({ sequence: 1, stream: 'STDOUT', text: 'a\n' });
  expect(linesOf(log)).toEqual(['a']);
});

test('a carriage return begins a line anew, also where it ends a chunk', () => {
  expect(linesOf(logOf(['STDOUT', '1 %\r2 %\r'], ['STDOUT', '3 %\r'], ['STDOUT', '\n']))).toEqual(['3 %\r']);
  expect(linesOf(logOf(['STDOUT', '1 %\r'], ['STDOUT', '2 %']))).toEqual(['2 %']);
});

test('many carriage returns take no time', () => {
  const returns = '\r'.repeat(256 * 1024);
  const start = performance.now();
  expect(linesOf(logOf(['STDOUT', `1 %${returns}2 %\n`], ['STDOUT', `${returns}3 %`]))).toEqual([
    '2 %',
    '3 %',
  ]);
  // They took minutes.
  expect(performance.now() - start).toBeLessThan(2000);
  expect(linesOf(logOf(['STDOUT', '\r\r']))).toEqual(['\r\r']);
});

test('colours that were not taken back hold in the lines after', () => {
  const log = logOf(['STDOUT', '\x1b[31mred\nred too\x1b[0m\nplain\n'], ['STDERR', 'of its own\n']);
  const colours = log.view().blocks.flatMap((lines) => lines.map((line) => line.colours));
  expect(colours).toEqual(['', '\x1b[31m', '', '']);
});

test.each([
  ['that stay', `\x1b[31m${'x'.repeat(3900)}\n`],
  ['that are never whole', `${'\x1b[0'.repeat(1200)}\n`],
])('many long lines with colours %s take no time', (_, line) => {
  const start = performance.now();
  expect(linesOf(logOf(['STDOUT', line.repeat(500)])).length).toBe(500);
  // They took 10 seconds.
  expect(performance.now() - start).toBeLessThan(2000);
});

test('of many lines the last are kept, and of a long one the beginning', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => `${i + 1}\n`).join('');
  const log = logOf(['STDOUT', many], ['STDOUT', 'x'.repeat(10_000)], ['STDOUT', 'y'.repeat(500)]);
  const lines = linesOf(log);
  const { blocks, omitted } = log.view();
  expect(lines.length).toBeLessThanOrEqual(5000);
  expect(omitted + lines.length).toBe(100_001);
  expect(lines[0]).toBe(String(omitted + 1));
  expect(blocks.at(-1)?.at(-1)).toMatchObject({ text: 'x'.repeat(4000), omitted: 6500 });
});

test('only the blocks that changed are other objects', () => {
  const log = logOf(['STDOUT', 'line\n'.repeat(450)]);
  const before = log.view().blocks;
  log.append({ sequence: 2, stream: 'STDOUT', text: 'more\n' });
  const after = log.view().blocks;
  expect(after.map((block, i) => block === before[i])).toEqual([true, true, false]);
});
