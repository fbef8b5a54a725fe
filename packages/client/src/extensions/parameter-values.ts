import { show } from '../check-arguments.ts';
import { isPlainObject } from '../check-options.ts';
import { InvalidArgumentError } from '../errors/errors.ts';
import { Experiment } from '../experiment.ts';
import type { ExtensionParameter } from './extension.ts';

/** The value of a parameter: an experiment stands for its EID. */
export type ParameterValue = string | number | boolean | Experiment;

/** Values by the names of their parameters; one that is undefined is not given. */
export type ParameterValues = Readonly<Record<string, ParameterValue | undefined>>;

/** Pairs of name and text, as the server takes them. Whether a text is a value of its type, the server says. */
export type ParameterPairs = [name: string, text: string][];

/**
 * All that an action declares: what is given, and the declared default where nothing is.
 *
 * @param where - The action, for messages.
 * @throws InvalidArgumentError for a name that is missing or not declared, and for what is no value at all.
 */
export function completePairs(
  where: string,
  declared: readonly ExtensionParameter[],
  values: ParameterValues,
): ParameterPairs {
  const given = new Map(givenPairs(values));
  const names = declared.map(({ name }) => name);
  const unexpected = [...given.keys()].filter((name) => !names.includes(name));
  if (unexpected.length > 0) {
    const all = names.length > 0 ? `It takes ${listOf(names)}.` : 'It takes none.';
    throw new InvalidArgumentError(`${where} has no parameter ${listOf(unexpected)}. ${all}`);
  }
  const missing: string[] = [];
  const pairs = declared.map(({ name, defaultValue }): ParameterPairs[number] => {
    const text = given.get(name) ?? defaultValue;
    if (text === null) missing.push(name);
    return [name, text ?? ''];
  });
  if (missing.length > 0) throw new InvalidArgumentError(`${where} needs a value for ${listOf(missing)}.`);
  return pairs;
}

/**
 * Only what is given.
 *
 * @throws InvalidArgumentError for what is no value at all.
 */
export function givenPairs(values: ParameterValues): ParameterPairs {
  if (!isPlainObject(values)) {
    throw new InvalidArgumentError(`parameters must be an object of names and values, not ${show(values)}.`);
  }
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, textOf(name, value)]);
}

function textOf(name: string, value: unknown): string {
  if (value instanceof Experiment) return value.eid;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value);
  throw new InvalidArgumentError(
    `The parameter "${name}" must be a text, a number, a boolean or an Experiment, not ${show(value)}.`,
  );
}

/** As Python reads it. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return String(value).replace('Infinity', 'inf');
}

function listOf(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
