import { loadConfig, populateInstallation } from '@aqueduct/server';
import { newDatabase, type TestDatabase, temporaryFolder } from '@aqueduct/server/testing';
import { type ServerProcess, startServer } from '../start-server.ts';

/**
 * A server with sample experiments in it, always the same.
 *
 * @param kept - data folder to fill up to the count, and to leave there.
 */
export async function populated(
  database: TestDatabase,
  count: number,
  kept?: string,
): Promise<ServerProcess> {
  const dataDir = kept ?? (await temporaryFolder());
  const databaseUrl = await newDatabase(database);
  const env = {
    AQUEDUCT_DATA_DIR: dataDir,
    AQUEDUCT_LOG_LEVEL: 'silent',
    AQUEDUCT_FREE_SPACE_RESERVE: '0',
    DATABASE_URL: databaseUrl,
  };
  const { config } = loadConfig({ env, cwd: dataDir });
  await populateInstallation(config, count, () => undefined);
  return startServer({ dataDir, databaseUrl });
}
