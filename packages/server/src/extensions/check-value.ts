import { boolOf, isEid, isFloat, isInt } from '@aqueduct/contract';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Parameter } from './extension.ts';
import { pythonList } from './python-text.ts';

/**
 * Checks a value of a parameter, with the original's messages.
 *
 * @returns the value as scripts see it: as it came, booleans as `1` or `0`
 * @throws AqueductError `BAD_INPUT`
 */
export function checkValue(parameter: Pick<Parameter, 'dataType' | 'options'>, value: string): string {
  switch (parameter.dataType) {
    case 'int':
      return checked(isInt(value), `${value} is not int.`, value);
    case 'float':
      return checked(isFloat(value), `${value} is not float.`, value);
    case 'experiment':
      return checked(isEid(value), `${value} is not a valid EID.`, value);
    case 'bool': {
      const meant = boolOf(value);
      return checked(meant !== undefined, `${value} is not a valid bool.`, meant ? '1' : '0');
    }
    case 'select': {
      const options = parameter.options ?? [];
      return checked(options.includes(value), `${value} is not in ${pythonList(options)}.`, value);
    }
    case 'str':
    case 'textarea':
    case 'file':
      return value;
  }
}

function checked(holds: boolean, message: string, value: string): string {
  if (!holds) throw new AqueductError('BAD_INPUT', message);
  return value;
}
