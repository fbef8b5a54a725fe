/** Of a number of eight bytes; the seventeenth is only there to tell it from its very neighbours. */
const DIGITS = 16;
const DIGITS_OF_SINGLE = 9;
/** Of a number of two bytes: so many tell each from the others. */
const DIGITS_OF_HALF = 5;
const SINGLE = /^(float32|complex64)$/;
const HALF = /^(float16|complex32)$/;

/**
 * A number of an array in full: a whole one to the last digit, another one with what tells it apart from others of its type.
 *
 * @param type - of the array, for people: `float32`.
 */
export function numberText(value: number | bigint | undefined, type: string): string {
  if (value === undefined) return '';
  if (typeof value === 'bigint') return String(value);
  if (SINGLE.test(type)) return singleText(value);
  return shortened(value, HALF.test(type) ? DIGITS_OF_HALF : DIGITS);
}

/** The shortest text that is this number among those of four bytes. */
function singleText(value: number): string {
  for (let digits = 1; digits < DIGITS_OF_SINGLE; digits += 1) {
    const text = shortened(value, digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return shortened(value, DIGITS_OF_SINGLE);
}

function shortened(value: number, digits: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  return String(Number(value.toPrecision(digits)));
}
