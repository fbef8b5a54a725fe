import { expect } from 'vitest';
import { graphql, upload } from './graphql-client.ts';
import { runCommand, type ServerProcess } from './start-server.ts';

type Installation = Pick<ServerProcess, 'dataDir' | 'databaseUrl'>;

/** The arguments of `aqueduct check` for the installation of a server. */
export function checkArguments({ dataDir, databaseUrl }: Installation, ...options: string[]): string[] {
  const database = databaseUrl === undefined ? [] : ['--database-url', databaseUrl];
  return ['check', '--data-dir', dataDir, ...database, ...options];
}

/** Runs `aqueduct check` to its end. */
export function check(installation: Installation, ...options: string[]) {
  return runCommand(checkArguments(installation, ...options), { AQUEDUCT_FREE_SPACE_RESERVE: '0' });
}

/** Uploads a file, and expects that it is taken. */
export async function send(server: ServerProcess, uuid: string, name: string, bytes: string | Uint8Array) {
  const answer = await upload(server.url, uuid, name, Uint8Array.from(Buffer.from(bytes)));
  expect(answer.status, await answer.text()).toBe(200);
}

/** The files of an experiment, as the server tells of them. */
export async function filesOf(server: ServerProcess, uuid: string) {
  const { data } = await graphql<{ experiment: { files: { name: string; sha256: string }[] } }>(
    server.url,
    'query ($uuid: String!) { experiment(experimentIdentifier: {type: UUID, value: $uuid}) { files { name sha256 } } }',
    { uuid },
  );
  return data?.experiment.files ?? [];
}
