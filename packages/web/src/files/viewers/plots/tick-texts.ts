/** What stands beside the ticks of an axis, and what has to be done with it to get their numbers. */
export interface TickTexts {
  readonly texts: readonly string[];
  /** For the label of the axis, with … in the place of a text: `… × 10⁹`; undefined where the texts are the numbers. */
  readonly rule: string | undefined;
}

/** Digits of a text: what more say is the same in all of them, and goes into the rule. */
const MOST_DIGITS = 7;
/** Below and above, a factor takes the zeros away. */
const LEAST_PLAIN = 1e-3;
const MOST_PLAIN = 1e7;
/** What is beyond is noise of the computation: of an offset, and of an increment, which has few. */
const CERTAIN_DIGITS = 15;
const CERTAIN_OF_INCREMENT = 10;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Texts for the ticks of a linear axis that tell them apart and are short.
 *
 * @param increment - from each tick to the next.
 */
export function tickTexts(ticks: readonly number[], increment: number): TickTexts {
  const last = lastPlace(increment);
  const offset = digitsOf(ticks, last) > MOST_DIGITS ? offsetOf(ticks, increment) : 0;
  const rest = offset === 0 ? ticks : ticks.map((tick) => tick - offset);
  const most = Math.max(...rest.map(Math.abs), 0);
  const isPlain = most === 0 || (most >= LEAST_PLAIN && most < MOST_PLAIN && -last <= MOST_DIGITS);
  // As of units: kilo, mega, giga.
  const exponent = isPlain ? 0 : 3 * Math.floor(firstPlace(most) / 3);
  const places = Math.min(100, Math.max(0, exponent - last));
  const texts = rest.map((tick) => withoutSign((tick / 10 ** exponent).toFixed(places)));
  const scaled = exponent === 0 ? '…' : `… × 10${raised(exponent)}`;
  if (offset === 0) return { texts, rule: exponent === 0 ? undefined : scaled };
  return { texts, rule: `${plainText(offset)} + ${scaled}` };
}

/** Digits that the largest number needs, down to the last place. */
function digitsOf(ticks: readonly number[], last: number): number {
  const most = Math.max(...ticks.map(Math.abs), 0);
  return most === 0 ? 1 : firstPlace(most) - last + 1;
}

/** A round number just below all of them. */
function offsetOf(ticks: readonly number[], increment: number): number {
  const [low, high] = [Math.min(...ticks), Math.max(...ticks)];
  const step = 10 ** (firstPlace(Math.max(high - low, increment)) + 1);
  return Number((Math.floor(low / step) * step).toPrecision(CERTAIN_DIGITS));
}

/** The power of ten of a number's first digit. */
function firstPlace(value: number): number {
  return Number(value.toExponential().split('e')[1]);
}

/** The power of ten of a number's last digit: of 0.25, −2. */
export function lastPlace(value: number): number {
  const [digits = '', exponent] = Number(value.toPrecision(CERTAIN_OF_INCREMENT)).toExponential().split('e');
  return Number(exponent) - (digits.split('.')[1]?.length ?? 0);
}

/** Nothing is no negative number. */
function withoutSign(text: string): string {
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

function plainText(value: number): string {
  return String(value).replace('e+', 'e');
}

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => RAISED[Number(digit)]);
  return `${exponent < 0 ? '⁻' : ''}${digits.join('')}`;
}
