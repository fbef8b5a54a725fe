import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { newDatabase, type TestDatabase } from '@aqueduct/server/testing';
import { extensionsFolder } from '../client/extensions-folder.ts';
import { create, graphql, upload } from '../graphql-client.ts';
import { startServer } from '../start-server.ts';

const SUBMIT =
  'mutation ($i: ExecuteExtensionInput!) { executeExtension(executeExtensionInput: $i) { uuid } }';
const STATE = 'query ($uuid: UUID!) { task(taskId: $uuid) { taskStatus } }';

/** A server with extensions, and two experiments of which the first has a file. */
export async function startTaskServer(
  database: TestDatabase,
  settings: Readonly<Record<string, string>> = {},
) {
  const { folder, env } = await extensionsFolder();
  await cp(fileURLToPath(new URL('./extensions', import.meta.url)), folder, { recursive: true });
  const server = await startServer({
    databaseUrl: await newDatabase(database),
    env: { ...env, ...settings },
  });
  const { url } = server;
  const experiment = await create(
    url,
    'Ramsey fringes of the second qubit after the new filters were put in',
  );
  const other = await create(url, 'Calibration');
  await upload(url, experiment.uuid, 'numbers.txt', new TextEncoder().encode('1 2 3'));

  /** Submits an action on the first experiment; gives the UUID of the task. */
  async function submit(extension: string, action: string, values: Readonly<Record<string, string>>) {
    const params = Object.entries(values);
    const input = { experimentUuid: experiment.uuid, extension, action, params };
    const { data, errors } = await graphql<{ executeExtension: { uuid: string } }>(url, SUBMIT, { i: input });
    if (!data) throw new Error(JSON.stringify(errors));
    return data.executeExtension.uuid;
  }

  async function stateOf(uuid: string) {
    const { data } = await graphql<{ task: { taskStatus: string } }>(url, STATE, { uuid });
    return data?.task.taskStatus;
  }
  return { server, url, experiment, other, submit, stateOf };
}

export type TaskServer = Awaited<ReturnType<typeof startTaskServer>>;
