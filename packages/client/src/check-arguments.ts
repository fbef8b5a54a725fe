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

export function checkTexts(name: string, value: unknown): asserts value is readonly string[] {
  if (!Array.isArray(value))
    throw new InvalidArgumentError(`${name} must be a list of texts, not ${show(value)}.`);
  for (const [i, item] of value.entries()) checkText(`${name}[${i}]`, item);
}

export function checkInteger(name: string, value: unknown, least: number): asserts value is number {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw new InvalidArgumentError(`${name} must be a whole number from ${least} on, not ${show(value)}.`);
  }
}

/** A number of at least 0, `Infinity` too. */
export function checkAmount(name: string, value: unknown): asserts value is number {
  if (typeof value === 'number' && value >= 0) return;
  throw new InvalidArgumentError(`${name} must be a number of at least 0, not ${show(value)}.`);
}

/** Seconds; timers end at 2³¹ milliseconds. */
const LONGEST_TIMEOUT = 2_000_000;

export function checkTimeout(value: unknown): asserts value is number {
  if (typeof value !== 'number' || !(value > 0 && value <= LONGEST_TIMEOUT)) {
    throw new InvalidArgumentError(
      `timeout must be seconds above 0, up to ${LONGEST_TIMEOUT}, not ${show(value)}.`,
    );
  }
}

const UUID = /^(urn:uuid:)?\{?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?$/i;

export function checkUuid(name: string, value: unknown): asserts value is string {
  checkText(name, value);
  if (!UUID.test(value)) throw new InvalidArgumentError(`${name} must be a UUID; ${show(value)} is none.`);
}

/** What a header can carry; the token itself is not to be seen in messages. */
export function checkToken(value: unknown): asserts value is string {
  if (typeof value !== 'string' || /[^\x21-\x7e]/.test(value)) {
    throw new InvalidArgumentError(
      'token must be a text of ASCII letters, digits and signs, without blanks.',
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
