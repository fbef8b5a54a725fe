import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/test-database.ts';
import { loadConfig } from '../config/load-config.ts';
import { STAGING_FOLDER, stagedCopies } from './readable-links.ts';

test('only copies count as staged, and nothing of a data folder within the folder of experiments', async () => {
  const cwd = await temporaryFolder();
  const { config } = loadConfig({ env: { AQUEDUCT_EXPERIMENTS_DIR: 'experiments' }, cwd });
  const staging = join(config.experimentsDir, STAGING_FOLDER);
  for (const folder of [config.dataDir, staging]) await mkdir(folder, { recursive: true });
  await writeFile(join(config.dataDir, 'aqueduct.db'), 'the record');
  const copy = join(staging, '0123456789abcdef0123456789abcdef');
  await writeFile(copy, 'half a copy');
  await writeFile(join(staging, 'data.csv'), 'by hand');

  expect(await Array.fromAsync(stagedCopies(config.experimentsDir, Date.now() + 60_000))).toEqual([copy]);
});
