import type { Extension, ParameterValue } from '../extensions/extension.ts';
import type { Config } from '../platform/config/config.ts';

/** Every process of a task has its UUID here. */
export const TASK_MARKER = 'AQUEDUCT_TASK_ID';
/** And here the start of its server, and the data folder of that. */
export const WORKER_MARKER = 'AQUEDUCT_WORKER';

/** Variables of the server that its tasks see; all others may hold its secrets. */
const ALLOWED = /^(PATH|HOME|LANG|LC_.*|TZ|TMPDIR|\w+_proxy|\w+_PROXY|SSL_CERT_.*|PIP_.*|UV_.*)$/;

/** Of the server's own variables, those that a task sees. */
export function allowedVariables(
  server: Readonly<Record<string, string | undefined>>,
  { taskEnv }: Pick<Config, 'taskEnv'>,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(server)) {
    if (value !== undefined && (ALLOWED.test(name) || taskEnv.includes(name))) env[name] = value;
  }
  return env;
}

interface TaskVariables {
  /** What {@link allowedVariables} gave. */
  readonly allowed: Readonly<Record<string, string>>;
  readonly extension: Extension;
  readonly parameters: readonly ParameterValue[];
  /** Where this server answers its own tasks. */
  readonly ownUrl: string;
  readonly token: string;
  readonly taskUuid: string;
  readonly worker: string;
}

/** The environment of a task's script, built from nothing; later ones win. */
export function taskEnvironment(variables: TaskVariables): Record<string, string> {
  const { allowed, extension, parameters, ownUrl, token, taskUuid, worker } = variables;
  return {
    ...allowed,
    // Output is seen as it is printed: Python keeps it back where it goes into a pipe.
    PYTHONUNBUFFERED: '1',
    ...extension.constants,
    ...Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
    aqueduct_url: extension.aqueductUrl ?? ownUrl,
    AQUEDUCT_URL: ownUrl,
    api_token: token,
    aqueduct_key: token,
    API_TOKEN: token,
    [TASK_MARKER]: taskUuid,
    [WORKER_MARKER]: worker,
  };
}
