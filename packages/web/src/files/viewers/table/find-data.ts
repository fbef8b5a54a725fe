/** Rows that are looked at for how many cells most have, and of what kind. */
const SAMPLE = 1000;
/** Rows before the data; of more, nobody would say that they are about the table. */
const MOST_BEFORE = 200;
/** A day or a time of the day, as programs write it. */
const DATE =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[-. ][a-z]{3,}[-. ]\d{2,4}|\d{1,2}:\d\d)/i;

export type Kind = 'number' | 'date' | 'text' | 'empty';
/** Of what kind a cell is; one beyond the end of a row is empty. */
export type KindOf = (cell: string | undefined) => Kind;

/** @param read - undefined where a cell is no number; NaN where it says that there is none. */
export function kindsBy(read: (cell: string) => number | undefined): KindOf {
  return (cell = '') => {
    const text = cell.trim();
    const number = text === '' ? Number.NaN : read(text);
    if (number !== undefined) return Number.isNaN(number) ? 'empty' : 'number';
    return DATE.test(text) ? 'date' : 'text';
  };
}

/** The rows of a table, and what they are like. */
export interface LookedAt {
  readonly rows: readonly string[][];
  readonly kindOf: KindOf;
  /** How many cells most rows have. */
  readonly width: number;
  /** Of what kind most cells of each column are. */
  readonly usual: readonly Kind[];
  /** A column is of numbers or of times. */
  readonly isTyped: boolean;
}

/** Looks at some rows. */
export function lookAt(rows: readonly string[][], kindOf: KindOf): LookedAt {
  const width = usualWidth(rows);
  const usual = usualKinds(rows, width, kindOf);
  return { rows, kindOf, width, usual, isTyped: usual.some(isTypedKind) };
}

/** The first row of the data: from there on, rows are like most are. Undefined where there is none. */
export function findData(looked: LookedAt): number | undefined {
  const { rows } = looked;
  const first = rows.slice(0, MOST_BEFORE + 1).findIndex((row, i) => {
    const next = rows
      .slice(i + 1, i + 1 + MOST_BEFORE)
      .find((other) => !looked.isTyped || !isSilent(other, looked));
    const likeness = likenessOf(row, looked);
    if (likeness === 'none' || (row.length < looked.width && likeness !== 'all')) return false;
    // Rows about the instrument may have a number at the right place, too, but not below each other.
    return likeness === 'all' || next === undefined || likenessOf(next, looked) !== 'none';
  });
  return first < 0 ? undefined : withSilent(first, looked);
}

/** Readings that failed may come first: below names for all numbers, rows without any number are data as well. */
function withSilent(first: number, looked: LookedAt): number {
  const { rows, kindOf, usual, isTyped } = looked;
  if (!isTyped) return first;
  let start = first;
  while (start > 0 && isSilent(rows[start - 1] ?? [], looked)) start -= 1;
  const names = rows[start - 1]?.map(kindOf);
  return names && usual.every((kind, i) => !isTypedKind(kind) || names[i] === 'text') ? start : first;
}

/** A row has nothing where others have numbers or times: that says nothing of what it is. */
function isSilent(row: readonly string[], { usual, kindOf, width }: LookedAt): boolean {
  return row.length >= width && usual.every((kind, i) => !isTypedKind(kind) || kindOf(row[i]) === 'empty');
}

/**
 * How far a row is like most. The first column decides where it is one of numbers or times, for what else is in a row of
 * data may be a word once, as `OVERLOAD`. Where it is one of words, which names are as well, another one has to be like most,
 * and to be certain (`all`) of it is not possible.
 */
function likenessOf(row: readonly string[], { usual, kindOf }: LookedAt): 'all' | 'some' | 'none' {
  const kinds = row.map(kindOf);
  const [first = 'empty'] = kinds;
  const isLike = (kind: Kind, i: number) => kind === usual[i] || (kind === 'number' && usual[i] === 'date');
  const hasTyped = kinds.some((kind, i) => isTypedKind(kind) && isLike(kind, i));
  if (!hasTyped && usual.some(isTypedKind)) return 'none';
  if (first === 'empty' || !isTypedKind(usual[0] ?? 'empty')) return 'some';
  if (!isLike(first, 0)) return 'none';
  return row.length > 1 && kinds.every((kind, i) => kind === 'empty' || isLike(kind, i)) ? 'all' : 'some';
}

function isTypedKind(kind: Kind): boolean {
  return kind === 'number' || kind === 'date';
}

/** How many cells most rows have; of two rows, the second is the data. */
function usualWidth(rows: readonly string[][]): number {
  if (rows.length === 2) return rows[1]?.length ?? 0;
  const counts = new Map<number, number>();
  for (const { length } of rows.slice(0, SAMPLE)) counts.set(length, (counts.get(length) ?? 0) + 1);
  let [usual, most] = [0, 0];
  for (const [width, count] of counts) if (count > most) [usual, most] = [width, count];
  return usual;
}

/** Of the last quarter of the rows, for a file may begin with many about the instrument. */
function usualKinds(rows: readonly string[][], width: number, kindOf: KindOf): Kind[] {
  const whole = rows.slice(0, SAMPLE).filter(({ length }) => length >= width);
  const sample = whole.slice(Math.floor((3 * whole.length) / 4));
  return Array.from({ length: width }, (_, column) => {
    const counts = { number: 0, date: 0, text: 0 };
    for (const row of sample) {
      const kind = kindOf(row[column]);
      if (kind !== 'empty') counts[kind] += 1;
    }
    const most = Math.max(...Object.values(counts));
    if (most === 0) return 'empty';
    // Of as many, the one that is further down in the data.
    const last = kindOf(sample.at(-1)?.[column]);
    if (last !== 'empty' && counts[last] === most) return last;
    return (['number', 'date', 'text'] as const).find((kind) => counts[kind] === most) ?? 'text';
  });
}
