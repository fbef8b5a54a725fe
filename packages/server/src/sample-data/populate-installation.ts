import { openServices } from '../access/open-services.ts';
import { claimFolder } from '../files/claim-folder.ts';
import { readableFoldersAtRest } from '../files/readable-folders.ts';
import type { Config } from '../platform/config/config.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { requireOwner } from '../platform/require-owner.ts';
import { populate } from './populate.ts';
import { requireObjects } from './require-objects.ts';

/**
 * Opens an installation, beside a server that may run, and fills it with sample data.
 *
 * @throws AqueductError for another user than the owner of the data folder, for a folder that is not that of the database,
 * for a folder of experiments that does not show its files, and where disk or database refuse what is to be written.
 * @returns how many sample experiments there were before.
 */
export async function populateInstallation(
  config: Config,
  count: number,
  report: (done: number) => void,
): Promise<number> {
  await requireOwner(config.dataDir);
  await requireObjects(config);
  const services = await openServices(config, createLogger(config), 'sample data');
  try {
    // Where it is the first to write there, as a server would: that folder is this database's from now on.
    await claimFolder(services, services.storage);
    await services.storage.databases.requireShownIn(config.experimentsDir);
    const before = await populate(services, count, report);
    await readableFoldersAtRest(services.db);
    return before;
  } catch (error) {
    throw unfinished(error);
  } finally {
    await services.db.close();
  }
}

/** A sentence for what disks and databases refuse; faults of ours keep their trace. */
function unfinished(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AqueductError) return error;
  const { code } = asAqueductError(error);
  if (code === 'INTERNAL') return error;
  const message = `The sample data could not be finished: ${error.message}. Run this again to go on.`;
  return new AqueductError(code, message, { cause: error });
}
