/**
 * Strings, in which nothing is looked for; and in the place of a value, whole numbers of many digits and what Python writes
 * for numbers that JSON has not. A string of many escapes is found in parts, which begin with one: each escape takes some
 * of the stack, and millions were too many. A string that does not end goes to the end: beginning anew at each quote would
 * take long.
 */
const STRINGS_AND_VALUES =
  /(?:"|\\.)[^"\\]*(?:\\.[^"\\]*){0,999}"?|(?<![\w.+-])-?(?:[1-9]\d{15,999}|Infinity|NaN)(?=\s*(?:[,\]}]|$))/gs;
const HAS_SOME = /\d{16}|NaN|Infinity/;

/**
 * The value of a text in JSON. Whole numbers beyond 2⁵³ come as BigInt, for the nearest number is another one; and NaN and
 * Infinity, which Python writes, are read.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!HAS_SOME.test(text)) return JSON.parse(text);
  // A reviver gets the text of each number, too, but takes 4 s for a file of 16 MiB, and fails where one is nested deeply.
  const mark = `${Math.random()} `;
  const marked = text.replace(STRINGS_AND_VALUES, (found) =>
    /^["\\]/.test(found) || Number.isSafeInteger(Number(found)) ? found : `"${mark}${found}"`,
  );
  let root: unknown;
  try {
    root = JSON.parse(marked);
  } catch {
    // Says what is wrong with the text as it is.
    return JSON.parse(text);
  }
  return withoutMarks(root, mark);
}

function withoutMarks(root: unknown, mark: string): unknown {
  const unmarked = (value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? numberOf(value.slice(mark.length)) : value;
  const left = [root];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (!isNested(next)) continue;
    for (const key of Object.keys(next)) {
      const value = next[key];
      if (isNested(value)) left.push(value);
      else if (typeof value === 'string') next[key] = unmarked(value);
    }
  }
  return unmarked(root);
}

function numberOf(text: string): number | bigint {
  return /\d/.test(text) ? BigInt(text) : Number(text);
}

function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
