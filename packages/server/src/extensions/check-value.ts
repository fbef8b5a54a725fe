import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Parameter } from './extension.ts';
import { pythonList } from './python-text.ts';

/** Blanks that Python takes around a number. */
const BLANK = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
/** Of any script, with single underscores between. */
const DIGITS = '\\p{Nd}+(?:_\\p{Nd}+)*';
/** What Python's `int` takes. */
const INT = pythonNumber(DIGITS);
/** What Python's `float` takes. */
const FLOAT = pythonNumber(
  `(?:inf|infinity|nan|(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:e[+-]?${DIGITS})?)`,
);
const EID = /^\d{8}-\d+$/;
const TRUE = /^(?:true|1)$/i;
const FALSE = /^(?:false|0)$/i;

/**
 * Checks a value of a parameter, with the original's messages.
 *
 * @returns the value as scripts see it: as it came, booleans as `1` or `0`
 * @throws AqueductError `BAD_INPUT`
 */
export function checkValue(parameter: Pick<Parameter, 'dataType' | 'options'>, value: string): string {
  switch (parameter.dataType) {
    case 'int':
      return require(INT.test(value), `${value} is not int.`, value);
    case 'float':
      return require(FLOAT.test(value), `${value} is not float.`, value);
    case 'experiment':
      return require(EID.test(value), `${value} is not a valid EID.`, value);
    case 'bool':
      if (TRUE.test(value)) return '1';
      return require(FALSE.test(value), `${value} is not a valid bool.`, '0');
    case 'select': {
      const options = parameter.options ?? [];
      return require(options.includes(value), `${value} is not in ${pythonList(options)}.`, value);
    }
    case 'str':
    case 'textarea':
    case 'file':
      return value;
  }
}

function require(holds: boolean, message: string, value: string): string {
  if (!holds) throw new AqueductError('BAD_INPUT', message);
  return value;
}

function pythonNumber(unsigned: string): RegExp {
  return new RegExp(`^${BLANK}*[+-]?${unsigned}${BLANK}*$`, 'iu');
}
