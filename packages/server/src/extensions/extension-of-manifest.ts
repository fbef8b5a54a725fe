import { checkValue } from './check-value.ts';
import type { Action, Extension, Parameter } from './extension.ts';
import type { Manifest, ManifestAction, ManifestParameter } from './manifest-shape.ts';
import { pythonText, type Single } from './python-text.ts';

/** The extension that a manifest describes, which has been checked before. */
export function extensionOf(manifest: Manifest, folder: string): Extension {
  const { name, description, authors, aqueduct_url: url, access, constants, actions, timeout } = manifest;
  return {
    name,
    description: description ?? null,
    authors,
    aqueductUrl: url == null || url === 'auto' ? undefined : url,
    constants: Object.fromEntries(
      Object.entries(constants ?? {}).map(([key, value]) => [key, pythonText(value as Single)]),
    ),
    actions: actions.map((action) => actionOf(action, timeout ?? undefined)),
    access: access ?? 'all',
    folder,
  };
}

function actionOf(action: ManifestAction, timeout: number | undefined): Action {
  const parameters = (action.parameters ?? []).map(parameterOf);
  return {
    name: action.name,
    displayName: action.display_name ?? null,
    description: action.description ?? '',
    script: action.script,
    parameters,
    experimentVariableName: parameters.find(({ dataType }) => dataType === 'experiment')?.name ?? '',
    timeoutSeconds: action.timeout ?? timeout,
  };
}

/**
 * A declared parameter.
 *
 * @throws AqueductError `BAD_INPUT` when the default is no value of its type
 */
export function parameterOf(declared: ManifestParameter): Parameter {
  const parameter = {
    name: declared.name,
    displayName: declared.display_name ?? null,
    description: declared.description ?? null,
    dataType: declared.data_type,
    options: declared.options?.map(pythonText) ?? null,
  };
  return { ...parameter, defaultValue: defaultOf(parameter, declared.default_value ?? null) };
}

function defaultOf(parameter: Omit<Parameter, 'defaultValue'>, value: Single): string | null {
  // An empty text stays, whatever the type: the original checks only defaults that Python holds for true.
  if (value === null || value === '') return value;
  return checkValue(parameter, pythonText(value));
}
