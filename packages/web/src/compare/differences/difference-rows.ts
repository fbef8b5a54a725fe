/** What the experiments have at one place. */
export interface DifferenceRow {
  readonly name: string;
  /** Of each experiment, in their order. */
  readonly cells: readonly Cell[];
  readonly differs: boolean;
}

/** What an experiment has at a place: undefined where it has nothing, null where that is not known. */
export type Cell = string | undefined | null;

type Values = ReadonlyMap<string, string>;

/**
 * The rows of values that experiments have by name, in the order of the first one, with what others have between where it
 * stands with them.
 *
 * @param columns - undefined for an experiment that is not asked: it lacks the whole file, and each value differing for
 * that would say no more.
 * @param isCut - which experiments have more values than these: what is not among them may still be there.
 */
export function differenceRows(
  columns: readonly (Values | undefined)[],
  isCut: readonly boolean[] = [],
): DifferenceRow[] {
  const asked = columns.filter((values) => values !== undefined);
  return namesOf(asked).map((name) => {
    const cells = columns.map(
      (values, i): Cell => values?.get(name) ?? (values && isCut[i] ? null : undefined),
    );
    const [first, ...others] = cells.filter((cell, i) => columns[i] !== undefined && cell !== null);
    return { name, cells, differs: others.some((cell) => cell !== first) };
  });
}

function namesOf(columns: readonly Values[]): string[] {
  const names: string[] = [];
  const known = new Set<string>();
  for (const values of columns) {
    let fresh: string[] = [];
    let after = -1;
    const insert = () => names.splice(after + 1, 0, ...fresh);
    for (const name of values.keys()) {
      if (!known.has(name)) {
        fresh.push(name);
        known.add(name);
      } else if (fresh.length > 0) {
        insert();
        fresh = [];
        after = names.indexOf(name);
      } else {
        after = names[after + 1] === name ? after + 1 : names.indexOf(name);
      }
    }
    insert();
  }
  return names;
}
