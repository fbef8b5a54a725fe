import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { loadConfig } from '../config/load-config.ts';
import { removeStagedCopies, STAGING_FOLDER } from './readable-links.ts';

test('only staged copies are removed, and nothing of a data folder within the folder of experiments', async () => {
  const cwd = await temporaryFolder();
  const { config } = loadConfig({ env: { AQUEDUCT_EXPERIMENTS_DIR: 'experiments' }, cwd });
  const staging = join(config.experimentsDir, STAGING_FOLDER);
  for (const folder of [config.dataDir, staging]) await mkdir(folder, { recursive: true });
  await writeFile(join(config.dataDir, 'aqueduct.db'), 'the record');
  await writeFile(join(staging, '0123456789abcdef0123456789abcdef'), 'half a copy');
  await writeFile(join(staging, 'data.csv'), 'by hand');

  expect(await removeStagedCopies(config.experimentsDir, 0)).toBe(1);
  expect(await readdir(config.dataDir)).toEqual(['aqueduct.db']);
  expect(await readdir(staging)).toEqual(['data.csv']);
});
