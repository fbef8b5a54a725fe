import { existsSync, readdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../platform/config/load-config.ts';
import { newDatabase, temporaryFolder } from '../testing/test-database.ts';
import { populateInstallation } from './populate-installation.ts';

const report = () => undefined;

test('a data folder that is not that of the database is refused, and not made', async () => {
  const parent = await temporaryFolder();
  const DATABASE_URL = await newDatabase('PostgreSQL');
  const configOf = (folder: string) =>
    loadConfig({ env: { AQUEDUCT_DATA_DIR: join(parent, folder), DATABASE_URL }, cwd: parent }).config;
  await populateInstallation(configOf('right'), 1, report);
  const wrong = populateInstallation(configOf('wrong'), 2, report);
  await expect(wrong).rejects.toThrow('is not its data folder');
  expect(existsSync(join(parent, 'wrong'))).toBe(false);
  expect(await populateInstallation(configOf('right'), 1, report)).toBe(1);
});

test('nothing is added while the disk of the objects is away', async () => {
  const dataDir = await temporaryFolder();
  const { config } = loadConfig({ env: { AQUEDUCT_DATA_DIR: dataDir }, cwd: dataDir });
  await populateInstallation(config, 1, report);
  await rename(join(dataDir, 'objects'), join(dataDir, 'away'));
  await expect(populateInstallation(config, 2, report)).rejects.toThrow('is not mounted');
  await rename(join(dataDir, 'away'), join(dataDir, 'objects'));
  expect(await populateInstallation(config, 1, report)).toBe(1);
});

test('another folder of experiments than that of the installation is refused', async () => {
  const parent = await temporaryFolder();
  const configOf = (AQUEDUCT_EXPERIMENTS_DIR?: string) =>
    loadConfig({ env: { AQUEDUCT_DATA_DIR: parent, AQUEDUCT_EXPERIMENTS_DIR }, cwd: parent }).config;
  const elsewhere = join(await temporaryFolder(), 'elsewhere');
  await populateInstallation(configOf(elsewhere), 1, report);
  const wrong = populateInstallation(configOf(), 2, report);
  await expect(wrong).rejects.toThrow('say with --experiments-dir where the folder is');
  expect(await populateInstallation(configOf(elsewhere), 1, report)).toBe(1);
});

test('a folder that was filled is that of its database from then on', async () => {
  const dataDir = await temporaryFolder();
  const configOn = (DATABASE_URL?: string) =>
    loadConfig({ env: { AQUEDUCT_DATA_DIR: dataDir, DATABASE_URL }, cwd: dataDir }).config;
  await populateInstallation(configOn(), 1, report);
  expect(readdirSync(join(dataDir, 'experiments'))).toContain('20210101-1');
  const other = populateInstallation(configOn(await newDatabase('PostgreSQL')), 1, report);
  await expect(other).rejects.toThrow('was used with another database');
});
