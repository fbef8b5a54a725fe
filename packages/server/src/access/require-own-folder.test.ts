import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createExperiment } from '../experiments/create-experiment.ts';
import { recoverFiles } from '../files/recover-files.ts';
import { loadConfig } from '../platform/config/load-config.ts';
import { sqlitePath } from '../platform/database/sqlite.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { newDatabase, temporaryFolder } from '../testing/test-database.ts';
import { createContext } from './context.ts';
import { openExistingServices, openServices } from './open-services.ts';
import { singleUser } from './single-user.ts';

const OTHER = 'was used with another database';

test('a folder that a database on PostgreSQL uses is not taken by the embedded one, which is not even made', async () => {
  const dataDir = await temporaryFolder();
  const url = await newDatabase('PostgreSQL');
  await start(dataDir, url);
  await expect(start(dataDir)).rejects.toThrow(OTHER);
  await expect(readFile(sqlitePath(dataDir))).rejects.toThrow('ENOENT');
  // Nor by another on PostgreSQL; its own goes on.
  await expect(start(dataDir, await newDatabase('PostgreSQL'))).rejects.toThrow(OTHER);
  await start(dataDir, url);
});

test('a folder of the embedded database is taken by another only while there is nothing in it', async () => {
  const dataDir = await temporaryFolder();
  const [first, second] = [await newDatabase('PostgreSQL'), await newDatabase('PostgreSQL')];
  await start(dataDir);
  await start(dataDir, first);
  await expect(start(dataDir, second)).rejects.toThrow(OTHER);
  // It is the folder of that one now, whatever lies in it.
  const refused = await start(dataDir).catch((error: Error) => error.message);
  expect(refused).toMatch(/^The data folder .* was used with another database than the embedded one/);
  await expect(openExistingServices(...settings(dataDir), '0')).rejects.toThrow(OTHER);

  const [, line = ''] = /add the line (\S+) at the end/.exec(String(refused)) ?? [];
  const file = join(dataDir, 'databases');
  await writeFile(file, `${await readFile(file, 'utf8')}${line}\n`);
  await start(dataDir, undefined, 'one');
  await expect(start(dataDir, first)).rejects.toThrow(OTHER);
  await expect(start(dataDir, second)).rejects.toThrow(OTHER);
});

test('a folder in which something else has the name of the embedded database is refused in words, too', async () => {
  const dataDir = await temporaryFolder();
  await start(dataDir, await newDatabase('PostgreSQL'));
  for (const bytes of ['', 'no database']) {
    await writeFile(sqlitePath(dataDir), bytes);
    await expect(start(dataDir, await newDatabase('PostgreSQL'))).rejects.toThrow(OTHER);
  }
});

test('a folder whose list of databases can not be read is refused in words', async () => {
  const dataDir = await temporaryFolder();
  await mkdir(join(dataDir, 'databases'));
  const message = `The file ${join(dataDir, 'databases')}, which names the databases that stored here, can't be read: EISDIR`;
  await expect(openServices(...settings(dataDir), '0')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining(message),
  });
});

function settings(dataDir: string, url?: string) {
  const env = { AQUEDUCT_DATA_DIR: dataDir, AQUEDUCT_LOG_LEVEL: 'silent', DATABASE_URL: url };
  const { config } = loadConfig({ env, cwd: dataDir });
  return [config, createLogger(config)] as const;
}

/** What a start of the server does with the folder; with a title, an experiment is made. */
async function start(dataDir: string, url?: string, title?: string): Promise<void> {
  const services = await openServices(...settings(dataDir, url), '0');
  const stopping = new AbortController();
  const recovery = recoverFiles(services, services.storage, stopping.signal);
  const ids = () => readFile(join(dataDir, 'databases'), 'utf8').catch(() => '');
  await expect.poll(ids).not.toBe('');
  if (title !== undefined) {
    const viewer = await singleUser(services.db, services.clock, 'admin');
    await createExperiment(createContext(services, viewer), { title, description: '', tags: [] });
  }
  stopping.abort();
  await recovery;
  await services.db.close();
}
