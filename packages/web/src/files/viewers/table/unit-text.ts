const PREFIX = '(?:da|[yzafpnuµμmcdhkMGTP])?';
const SYMBOL =
  '(?:Hz|Pa|Ω|[oO]hm|eV|bar|mol|cd|lm|lx|rad|sr|Wb|Oe|Torr|psi|dB[a-zA-Z]*|[smgAKVWJNCFHTSGLl]|Φ0|ppm|[°º]?[CF]|°|%|‰|1|#|-)';
const WORD =
  '(?:seconds?|secs?|minutes?|min|hours?|hrs?|h|days?|volts?|amps?|amperes?|hertz|ohms?|kelvin|celsius|tesla|gauss|watts?|joules?|met(?:er|re)s?|degrees?|deg|radians?|percent|counts?|cts|cps|points?|samples?|sequence|index|a\\.?u\\.?|arb\\.?|units?)';
const POWER = '(?:\\^?[-+−]?\\d|[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?';
const SYMBOL_PART = new RegExp(`^√?${PREFIX}${SYMBOL}${POWER}$`);
const WORD_PART = new RegExp(`^(?:nano|micro|milli|kilo|mega|giga|m)?${WORD}${POWER}$`, 'i');
const BRACKETS = /^[([]([^()[\]]*)[)\]]$/;

/** The unit that stands alone in a text: `ms` of `(ms)`, `V/√Hz`, `second`; undefined where it is something else. */
export function unitIn(text: string): string | undefined {
  const inBrackets = BRACKETS.exec(text.trim())?.[1]?.trim();
  if (inBrackets) return inBrackets;
  const parts = text.trim().split(/[\s/·⋅*]+/);
  return parts.every((part) => SYMBOL_PART.test(part) || WORD_PART.test(part)) ? text.trim() : undefined;
}

/** It stands in brackets, as a name hardly does. */
export function isInBrackets(text: string): boolean {
  return BRACKETS.test(text.trim());
}
