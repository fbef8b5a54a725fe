import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { API } from '@aqueduct/client';
import { graphql } from '../graphql-client.ts';

/** An action with its parameters. */
export interface Call {
  readonly extension: string;
  readonly action: string;
  readonly experiment: { readonly uuid: string; readonly eid: string };
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Result {
  readonly returnCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Caller = (url: string, call: Call) => Promise<Result>;

const DRIVER = fileURLToPath(new URL('./pyaqueduct_run.py', import.meta.url));
const SUBMIT =
  'mutation ($i: ExecuteExtensionInput!) { executeExtension(executeExtensionInput: $i) { uuid } }';
const TASK = 'query ($t: UUID!) { task(taskId: $t) { endedAt resultCode stdOut stdErr } }';
const execute = promisify(execFile);

/** In the later form of the call: submits, and asks until it has ended. */
export const byGraphql: Caller = async (url, { extension, action, experiment, parameters }) => {
  const params = Object.entries(parameters);
  const submitted = await graphql<{ executeExtension: { uuid: string } }>(url, SUBMIT, {
    i: { experimentUuid: experiment.uuid, extension, action, params },
  });
  if (!submitted.data) throw new Error(JSON.stringify(submitted.errors));
  const t = submitted.data.executeExtension.uuid;
  for (;;) {
    const { data } = await graphql<{
      task: Record<'endedAt' | 'stdOut' | 'stdErr', string | null> & { resultCode: number | null };
    }>(url, TASK, { t });
    const { endedAt, resultCode, stdOut, stdErr } = data?.task ?? {};
    if (endedAt) return { returnCode: resultCode ?? null, stdout: stdOut ?? '', stderr: stdErr ?? '' };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/** With the client library, which waits for the end. */
export const byClient: Caller = async (url, { extension, action, parameters }) => {
  return (await new API(url, { timeout: 10 }).getAction(extension, action)).execute(parameters);
};

/** With the real client of the original. */
export function byPyaqueduct(python: string): Caller {
  return async (url, { extension, action, parameters }) => {
    const { stdout } = await execute(python, [DRIVER, url, extension, action, JSON.stringify(parameters)], {
      env: { PATH: process.env.PATH },
    });
    return JSON.parse(stdout) as Result;
  };
}
