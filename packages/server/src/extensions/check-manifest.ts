import { is } from 'valibot';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { parameterOf } from './extension-of-manifest.ts';
import type { Fault } from './manifest-fault.ts';
import { type Manifest, type ManifestParameter, singleValue } from './manifest-shape.ts';
import type { YamlPath } from './read-yaml.ts';
import { faultOfParameterName, faultOfVariableName } from './reserved-names.ts';

/** What is wrong with a manifest of the right form: names that can't be, repeated ones, defaults of the wrong type. */
export function checkManifest({ constants, actions }: Manifest): Fault[] {
  return [
    ...Object.entries(constants ?? {}).flatMap(([name, value]) => checkConstant(name, value)),
    ...findRepeated(actions, ['actions']),
    ...actions.flatMap(({ parameters }, i) => {
      const path = ['actions', i, 'parameters'];
      const all = parameters ?? [];
      return [...findRepeated(all, path), ...all.flatMap((each, j) => checkParameter(each, [...path, j]))];
    }),
  ];
}

function checkConstant(name: string, value: unknown): Fault[] {
  const path = ['constants', name];
  const fault = faultOfVariableName(name);
  if (fault) return [{ path, message: `the name ${fault}` }];
  return is(singleValue, value) ? [] : [{ path, message: singleValue.message as string }];
}

function findRepeated(all: readonly { readonly name: string }[], path: YamlPath): Fault[] {
  const seen = new Set<string>();
  return all.flatMap(({ name }, i) => {
    if (!seen.has(name)) return seen.add(name) && [];
    return [{ path: [...path, i, 'name'], message: `"${name}" is there before; names must differ` }];
  });
}

function checkParameter(parameter: ManifestParameter, path: YamlPath): Fault[] {
  const fault = faultOfParameterName(parameter.name);
  if (fault) return [{ path: [...path, 'name'], message: fault }];
  if (parameter.data_type === 'select' && !parameter.options?.length) {
    return [{ path: [...path, 'options'], message: 'must list the values of the select' }];
  }
  try {
    parameterOf(parameter);
    return [];
  } catch (error) {
    if (!(error instanceof AqueductError)) throw error;
    return [{ path: [...path, 'default_value'], message: error.message }];
  }
}
