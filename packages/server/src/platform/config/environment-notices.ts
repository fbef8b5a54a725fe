import { closest } from 'fastest-levenshtein';
import { meaninglessVariables } from './original-variables.ts';
import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

/** A variable with our prefix that is none of the server's settings. */
const OF_CLIENTS = 'AQUEDUCT_URL';

/** A sentence for each variable that looks as if it should have an effect and has none. */
export function environmentNotices(env: Readonly<Record<string, string | undefined>>): string[] {
  const rows: readonly Setting<unknown>[] = Object.values(settings);
  const ours = rows.map((row) => row.env).filter((name) => name.startsWith('AQUEDUCT_'));
  const known = new Set([...ours, OF_CLIENTS]);

  const meaningless = Object.entries(meaninglessVariables)
    .filter(([name]) => env[name])
    .map(([name, reason]) => `${name}: without effect here, ${reason}.`);

  const outvoted = rows.flatMap((row) =>
    row.original && env[row.original.env] && env[row.env]
      ? [`${row.original.env}: without effect, because ${row.env} is set.`]
      : [],
  );

  const unknown = Object.keys(env)
    .filter((name) => name.startsWith('AQUEDUCT_') && env[name] && !known.has(name))
    .map((name) => `${name}: unknown setting without effect; did you mean ${closest(name, ours)}?`);

  return [...meaningless, ...outvoted, ...unknown];
}
