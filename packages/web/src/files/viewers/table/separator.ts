import { anyNumber } from './cell-numbers.ts';

/** Lines that are looked at: the later half of them, for a file may begin with words about it. */
const SAMPLE_LINES = 200;
const SAMPLE_CHARACTERS = 100_000;

/**
 * What separates the values of a text: `\t`, `;` or, in a `.dat`, blanks, where each line has as many of them. Commas may be
 * decimal points then. Undefined where that does not tell.
 */
export function separatorOf(text: string, fileName: string): '\t' | ';' | ' ' | undefined {
  const lines = text
    .slice(0, SAMPLE_CHARACTERS)
    .split(/\r\n|\n|\r/, SAMPLE_LINES)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const middle = Math.floor(lines.length / 2);
  // The last one may be half there, and counts only where there is no other.
  const sample = lines.slice(middle, Math.max(middle + 1, lines.length - 1));
  const by = (separator: string) => (line: string) => line.split(separator);
  // Where commas part all lines alike, they do separate, unless they all stand in numbers.
  const fits = (split: (line: string) => readonly string[]) =>
    partsAll(sample, split) &&
    (!partsAll(sample, by(',')) || sample.every((line) => split(line).every(isWhole)));
  if (fits(by('\t'))) return '\t';
  if (fits(by(';'))) return ';';
  return /\.dat$/i.test(fileName) && fits(byBlanks) ? ' ' : undefined;
}

/** All have the same number of values, and more than one. */
function partsAll(lines: readonly string[], split: (line: string) => readonly string[]): boolean {
  const counts = new Set(lines.map((line) => split(line.replace(/"[^"]*"/g, '')).length));
  const [count = 0] = counts;
  return counts.size === 1 && count > 1;
}

function byBlanks(line: string): readonly string[] {
  return line.trim().split(/\s+/);
}

/** A comma in it is the point of a number. */
function isWhole(value: string): boolean {
  return !value.includes(',') || (!value.endsWith(',') && anyNumber(value) !== undefined);
}
