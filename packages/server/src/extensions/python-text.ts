const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** What `str.isprintable` denies, besides the plain blank. */
const UNPRINTABLE = /[\\\n\r\t]|(?! )[\p{C}\p{Z}]/gu;

/** A text as Python's `repr` writes it: `'red'`, `"it's"`. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(UNPRINTABLE, (character) => ESCAPES[character] ?? escapeCode(character));
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

/** A list of texts as Python writes it. */
export function pythonList(texts: readonly string[]): string {
  return `[${texts.map(pythonRepr).join(', ')}]`;
}

/** A set of texts as Python writes it: an empty one is `set()`. */
export function pythonSet(texts: readonly string[]): string {
  return texts.length === 0 ? 'set()' : `{${texts.map(pythonRepr).join(', ')}}`;
}

/** A value of YAML that is neither list nor mapping; whole numbers are bigint. */
export type Single = string | boolean | bigint | number | null;

/** Such a value as Python's `str` writes it: `True`, `7`, `1.5`, `None`. */
export function pythonText(value: Single): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? pythonFloat(value) : String(value);
}

/** A real number as Python writes it: the shortest digits that read back the same, with a point or an exponent. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [digits = '', power] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const sign = Object.is(value, -0) ? '-' : '';
  return `${sign}${value}${Number.isInteger(value) ? '.0' : ''}`;
}

function escapeCode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}
