import { boolOf } from '@aqueduct/client/protocol';
import { type Action, ofParameter, type Parameter, type Values } from './extension.ts';

/**
 * The values that a form begins with.
 *
 * @param sources - from the most to the least important; the action's defaults come last. What a parameter can not
 * take any more, because its type or its options have changed, is passed over.
 */
export function initialValues({ parameters }: Action, ...sources: readonly (Values | undefined)[]): Values {
  return Object.fromEntries(
    parameters.map((parameter) => {
      const given = sources.map((source) => ofParameter(source, parameter.name));
      const found = [...given, parameter.defaultValue].find(
        (value) => value != null && mayBe(parameter, value),
      );
      return [parameter.name, asShown(parameter, found ?? '')];
    }),
  );
}

function mayBe({ dataType, options }: Parameter, value: string): boolean {
  if (dataType === 'bool') return boolOf(value) !== undefined;
  return dataType !== 'select' || (options ?? []).includes(value);
}

function asShown({ dataType }: Parameter, value: string): string {
  return dataType === 'bool' ? (boolOf(value) ? '1' : '0') : value;
}
