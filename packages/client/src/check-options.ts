import { show } from './check-arguments.ts';
import { InvalidArgumentError } from './errors/errors.ts';

/** For each option what refuses a value that it can not have, by an InvalidArgumentError that names it. */
export type OptionChecks<Options> = {
  readonly [Name in keyof Required<Options>]: (name: string, value: unknown) => void;
};

/**
 * Takes a plain object of known names only: what is misspelt, or given in another place than in Python, would be left
 * out silently. A value that is undefined is not given.
 *
 * @param name - Of the argument.
 */
export function checkOptions<Options extends object>(
  name: string,
  options: Options,
  checks: OptionChecks<Options>,
): void {
  const known = Object.keys(checks);
  if (!isPlainObject(options)) {
    throw new InvalidArgumentError(
      `${name} must be an object like { ${known[0]}: … }, not ${show(options)}.`,
    );
  }
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, key)) {
      const all = known.map(show).join(', ');
      throw new InvalidArgumentError(`${name} must not have ${show(key)}. Known are ${all}.`);
    }
    if (value !== undefined) checks[key as keyof Options](key, value);
  }
}

/** Whether it is an object as `{}` makes them, also in another realm: that of a frame, or of a test. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
