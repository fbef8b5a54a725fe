import { expect, test } from 'vitest';
import { checkValues } from './check-values.ts';
import type { Action } from './extension.ts';
import { initialValues } from './initial-values.ts';

const parameters = ['constructor', 'toString', '__proto__'].map((name) => ({
  name,
  displayName: null,
  description: null,
  dataType: 'int',
  defaultValue: null,
  options: null,
})) as unknown as Action['parameters'];
const action = { parameters } as Action;

test('parameters that are called like what every object has begin empty, and are checked', () => {
  const values = initialValues(action, {}, undefined);
  expect(Object.entries(values)).toEqual(parameters.map(({ name }) => [name, '']));
  expect(Object.entries(checkValues(parameters, values))).toEqual(
    parameters.map(({ name }) => [name, 'Needs a whole number.']),
  );
});
