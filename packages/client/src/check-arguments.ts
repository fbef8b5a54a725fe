import { InvalidArgumentError } from './errors/errors.ts';

/** Each throws an InvalidArgumentError that names the argument, what it got and what it wants. */

export function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string')
    throw new InvalidArgumentError(`${name} must be a text, not ${show(value)}.`);
}

export function checkFilledText(name: string, value: unknown): asserts value is string {
  checkText(name, value);
  if (value === '') throw new InvalidArgumentError(`${name} must not be empty.`);
}

/** Of files and folders. */
export function checkPath(name: string, value: unknown): asserts value is string {
  checkFilledText(name, value);
  if (value.includes('\0')) throw new InvalidArgumentError(`${name} must not have the character NUL in it.`);
}

export function checkTexts(name: string, value: unknown): asserts value is readonly string[] {
  if (!Array.isArray(value))
    throw new InvalidArgumentError(`${name} must be a list of texts, not ${show(value)}.`);
  for (const [i, item] of value.entries()) checkText(`${name}[${i}]`, item);
}

/** Takes whole numbers from the least on. */
export function checkInteger(least: number): (name: string, value: unknown) => void {
  return (name, value) => {
    if (Number.isSafeInteger(value) && (value as number) >= least) return;
    throw new InvalidArgumentError(`${name} must be a whole number from ${least} on, not ${show(value)}.`);
  };
}

/** A number of at least 0, `Infinity` too. */
export function checkAmount(name: string, value: unknown): asserts value is number {
  if (typeof value === 'number' && value >= 0) return;
  throw new InvalidArgumentError(`${name} must be a number of at least 0, not ${show(value)}.`);
}

/** Seconds; timers end at 2³¹ milliseconds. */
const LONGEST_TIMEOUT = 2_000_000;

export function checkTimeout(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number' || !(value > 0 && value <= LONGEST_TIMEOUT)) {
    throw new InvalidArgumentError(
      `${name} must be seconds above 0, up to ${LONGEST_TIMEOUT}, not ${show(value)}.`,
    );
  }
}

export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== 'function')
    throw new InvalidArgumentError(`${name} must be a function, not ${show(value)}.`);
}

export function checkSignal(name: string, value: unknown): asserts value is AbortSignal {
  if (value instanceof AbortSignal) return;
  throw new InvalidArgumentError(
    `${name} must be an AbortSignal, as an AbortController has it, not ${show(value)}.`,
  );
}

const UUID = /^(urn:uuid:)?\{?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?$/i;

export function checkUuid(name: string, value: unknown): asserts value is string {
  checkText(name, value);
  if (!UUID.test(value)) throw new InvalidArgumentError(`${name} must be a UUID; ${show(value)} is none.`);
}

/** What a header can carry; the token itself is not to be seen in messages. */
export function checkToken(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || /[^\x21-\x7e]/.test(value)) {
    throw new InvalidArgumentError(
      `${name} must be a text of ASCII letters, digits and signs, without blanks.`,
    );
  }
}

/** What a header carries as it is: blanks around it would be lost. */
export function checkHeaderText(name: string, value: unknown): void {
  checkFilledText(name, value);
  if (/[^\x20-\x7e]/.test(value) || value.trim() !== value) {
    throw new InvalidArgumentError(
      `${name} must be one line of ASCII characters without blanks around it, like a UUID, not ${show(value)}.`,
    );
  }
}

export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null
    ? `an object (${value.constructor?.name ?? 'null'})`
    : String(value);
}
