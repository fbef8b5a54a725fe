import type { Choice, Values } from './extension.ts';

/** A longer value is not worth a place in the browser's small storage. */
const LONGEST = 10_000;

/** The values that an action was last run with in this browser; undefined where it never was. */
export function lastValues(choice: Choice): Values | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(choice)) ?? 'null');
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return undefined;
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    // Storage may be forbidden, or hold what somebody else wrote.
    return undefined;
  }
}

/** Keeps the values that an action is run with, but for the experiment it belongs to: that is another each time. */
export function keepValues(choice: Choice, values: Values): void {
  const kept = Object.entries(values).filter(
    ([name, value]) => name !== choice.action.experimentVariableName && value.length <= LONGEST,
  );
  try {
    localStorage.setItem(keyOf(choice), JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Full or forbidden: then nothing is remembered.
  }
}

function keyOf({ extension, action }: Choice): string {
  return `aqueduct-last-values ${JSON.stringify([extension.name, action.name])}`;
}
