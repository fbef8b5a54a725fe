import { API, type ApiOptions } from '@aqueduct/client';
import { afterAll, beforeAll } from 'vitest';
import { type ServerProcess, startServer } from '../start-server.ts';

/** On a busy machine, half a second of silence means nothing. */
const PATIENT: ApiOptions = { timeout: 10 };

/** A server for all tests of a file, and clients of it. */
export function useServer(env: Readonly<Record<string, string>> = {}) {
  let server: ServerProcess | undefined;
  beforeAll(async () => {
    server = await startServer({ env });
  });
  afterAll(async () => {
    await server?.stop();
  });
  const url = (): string => {
    if (!server) throw new Error('The server is not there yet.');
    return server.url;
  };
  return { url, api: (options: ApiOptions = PATIENT) => new API(url(), options) };
}
