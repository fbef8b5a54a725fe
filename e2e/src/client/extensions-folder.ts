import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@aqueduct/server/testing';

const SOURCES = ['../../wire/extensions', './extensions'];

/** A folder of its own with the extensions of the contract and those of these tests, and the settings to use it. */
export async function extensionsFolder() {
  const folder = await temporaryFolder();
  for (const source of SOURCES)
    await cp(fileURLToPath(new URL(source, import.meta.url)), folder, { recursive: true });
  const env = {
    AQUEDUCT_EXTENSIONS_DIR: folder,
    // The Node of these tests, for their actions.
    AQUEDUCT_TASK_ENV: 'TEST_NODE',
    TEST_NODE: process.execPath,
  };
  return { folder, env };
}
