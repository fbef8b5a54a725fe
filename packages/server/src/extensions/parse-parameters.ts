import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { checkValue } from './check-value.ts';
import type { Action, ParameterValue } from './extension.ts';
import { pythonSet } from './python-text.ts';

/** Linux refuses to start a program with a variable, name and all, of more than 128 KiB. */
const MOST_VARIABLE_BYTES = 128 * 1024 - 1;
/** All together share the room for arguments, of which Linux gives at least 2 MiB. */
const MOST_BYTES = 1024 * 1024;

/**
 * Checks the parameters that an action is to be run with, with the original's messages. Where a name is given twice,
 * the last value counts.
 *
 * @param pairs - Name and value of each, in any order.
 * @returns all that the action declares, in its order
 * @throws AqueductError `BAD_INPUT`; of several wrong values the first declared one is named
 */
export function parseParameters(
  action: Action,
  pairs: readonly (readonly string[])[],
): readonly ParameterValue[] {
  const given = new Map(pairs.map(requirePair));
  const declared = new Set(action.parameters.map(({ name }) => name));
  const missing = [...declared].filter((name) => !given.has(name));
  const unexpected = [...given.keys()].filter((name) => !declared.has(name));
  if (missing.length > 0 || unexpected.length > 0) {
    throw new AqueductError(
      'BAD_INPUT',
      "Parameters error: keys don't match expected set. " +
        `Missing keys: ${pythonSet(missing)}; Unexpected keys: ${pythonSet(unexpected)}`,
    );
  }
  requireSizes(given);
  return action.parameters.map((parameter) => ({
    ...parameter,
    value: checkValue(parameter, given.get(parameter.name) ?? ''),
  }));
}

function requirePair(pair: readonly string[]): [name: string, value: string] {
  const [name, value] = pair;
  if (name !== undefined && value !== undefined && pair.length === 2) return [name, value];
  throw new AqueductError(
    'BAD_INPUT',
    `Each parameter is a pair of name and value; a list of ${pair.length} was given.`,
  );
}

/** Whether the operating system can hand all of them to a program. */
function requireSizes(given: ReadonlyMap<string, string>): void {
  let total = 0;
  for (const [name, value] of given) {
    if (value.includes('\0')) {
      throw new AqueductError(
        'BAD_INPUT',
        `The value of "${name}" holds a NUL character, which can't be passed on.`,
      );
    }
    if (!value.isWellFormed()) {
      throw new AqueductError(
        'BAD_INPUT',
        `The value of "${name}" holds half of a surrogate pair, which is no character and can't be passed on.`,
      );
    }
    const bytes = Buffer.byteLength(name) + 1 + Buffer.byteLength(value);
    if (bytes > MOST_VARIABLE_BYTES) {
      throw new AqueductError(
        'BAD_INPUT',
        `The value of "${name}" is too long: with its name it takes ${bytes} bytes, at most ${MOST_VARIABLE_BYTES} ` +
          'can be passed on. Upload it as a file, and give its name.',
      );
    }
    total += bytes;
  }
  if (total > MOST_BYTES) {
    throw new AqueductError(
      'BAD_INPUT',
      `The parameters take ${total} bytes; at most ${MOST_BYTES} can be passed on. Upload long ones as files.`,
    );
  }
}
