/** What the experiments have at one place. */
export interface DifferenceRow {
  readonly name: string;
  /** Of each experiment, in their order; undefined where it has nothing there. */
  readonly cells: readonly (string | undefined)[];
  readonly differs: boolean;
}

type Values = ReadonlyMap<string, string>;

/**
 * The rows of values that experiments have by name, in the order of the first one, with what others have between where it
 * stands with them.
 *
 * @param columns - undefined for an experiment that is not asked: it lacks the whole file, and each value differing for
 * that would say no more.
 */
export function differenceRows(columns: readonly (Values | undefined)[]): DifferenceRow[] {
  const asked = columns.filter((values) => values !== undefined);
  return namesOf(asked).map((name) => {
    const [first, ...others] = asked.map((values) => values.get(name));
    return {
      name,
      cells: columns.map((values) => values?.get(name)),
      differs: others.some((cell) => cell !== first),
    };
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
