import { createContext } from '../access/context.ts';
import { openExistingServices } from '../access/open-services.ts';
import { singleUser } from '../access/single-user.ts';
import type { Config } from '../platform/config/config.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { type CheckOptions, type CheckSummary, checkInstallation } from './check-installation.ts';

/**
 * `aqueduct check`: opens an installation, checks it and closes it.
 *
 * @param options - `adopt` takes in what people put into the folders, as the single user.
 * @throws AqueductError when there is no installation (nothing is created then), or it can't be read to its end.
 */
export async function runCheck(
  config: Config,
  version: string,
  { adopt, ...options }: Omit<CheckOptions, 'adopter'> & { readonly adopt: boolean },
): Promise<CheckSummary> {
  const installation = await openExistingServices(config, createLogger(config), version);
  const { db, clock } = installation;
  try {
    const adopter = adopt
      ? createContext(installation, await singleUser(db, clock, config.username))
      : undefined;
    return await checkInstallation(installation, { ...options, adopter });
  } catch (error) {
    throw unfinished(error);
  } finally {
    await db.close();
  }
}

/** A sentence for what disks and databases refuse; faults of ours keep their trace. */
function unfinished(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (!('syscall' in error) && asAqueductError(error).code === 'INTERNAL') return error;
  const message = `The check could not be finished: ${error.message}`;
  return new AqueductError('UNAVAILABLE', message, { cause: error });
}
