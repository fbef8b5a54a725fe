import { boolOf, isEid, isFloat, isInt } from '@aqueduct/client/protocol';
import { ofParameter, type Parameter, type Values } from './extension.ts';

/**
 * What is wrong with values, by the names of their parameters: what the server would say, before it is asked.
 *
 * @returns an empty object where all are good
 */
export function checkValues(parameters: readonly Parameter[], values: Values): Record<string, string> {
  const faults = parameters.map((parameter) => [
    parameter.name,
    faultOf(parameter, ofParameter(values, parameter.name) ?? ''),
  ]);
  return Object.fromEntries(faults.filter(([, fault]) => fault !== undefined));
}

function faultOf({ dataType, options }: Parameter, value: string): string | undefined {
  switch (dataType) {
    case 'int':
      return isInt(value) ? undefined : said(value, 'a whole number', 'is not a whole number.');
    case 'float':
      return isFloat(value) ? undefined : said(value, 'a number', 'is not a number.');
    case 'experiment':
      return isEid(value)
        ? undefined
        : said(value, 'an experiment', 'is not an EID: they look like 20250301-2.');
    case 'bool':
      return boolOf(value) === undefined ? `${value} is neither on nor off.` : undefined;
    case 'select':
      return options?.includes(value) ? undefined : said(value, 'one of the list', 'is not in the list.');
    default:
      return value.includes('\0') ? 'It holds a NUL character, which can not be passed on.' : undefined;
  }
}

function said(value: string, what: string, fault: string): string {
  return value === '' ? `Needs ${what}.` : `“${value.slice(0, 60)}” ${fault}`;
}
