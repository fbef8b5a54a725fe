import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createContext } from '../access/context.ts';
import { type OpenServices, openExistingServices } from '../access/open-services.ts';
import { singleUserAsItIs } from '../access/single-user.ts';
import { markOf } from '../files/running-adoption.ts';
import type { Config } from '../platform/config/config.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { requireOwner } from '../platform/require-owner.ts';
import { type AdoptionLock, lockAdoptions } from './adoption-lock.ts';
import { type CheckOptions, type CheckSummary, checkInstallation } from './check-installation.ts';
import { denied, isDenied } from './reason-of.ts';

/**
 * `aqueduct check`: opens an installation, checks it and closes it.
 *
 * @param options - `adopt` takes in what people put into the folders, as the single user. Only the owner of the data
 * folder may do that.
 * @throws AqueductError when there is no installation (nothing is created then), it can't be read to its end, or `adopt`
 * is another user's.
 */
export async function runCheck(
  config: Config,
  version: string,
  { adopt, ...options }: Omit<CheckOptions, 'adopter' | 'lock'> & { readonly adopt: boolean },
): Promise<CheckSummary> {
  const installation = await openVisible(config, version, adopt);
  try {
    const mark = markOf(basename(installation.storage.newKey()));
    return await checkWith(adopt ? lockAdoptions(config.dataDir, mark) : undefined, installation, options);
  } finally {
    await installation.db.close();
  }
}

async function checkWith(
  lock: AdoptionLock | undefined,
  installation: OpenServices,
  options: CheckOptions,
): Promise<CheckSummary> {
  const { db, clock, config } = installation;
  try {
    const adopter = lock && createContext(installation, await singleUserAsItIs(db, clock, config.username));
    const summary = await checkInstallation(installation, { ...options, adopter, lock });
    lock?.finish();
    return summary;
  } catch (error) {
    throw unfinished(error);
  } finally {
    lock?.release();
  }
}

async function openVisible(config: Config, version: string, adopt: boolean): Promise<OpenServices> {
  const { dataDir } = config;
  try {
    if ((await stat(dataDir).catch(() => undefined))?.isDirectory() === false) throw noFolder(dataDir);
    // A folder that may not be looked into seems to be an empty one.
    await access(dataDir, constants.X_OK).catch((error: unknown) => {
      if (isDenied(error)) throw error;
    });
    if (adopt) await requireOwner(dataDir);
    return await openExistingServices(config, createLogger(config), version);
  } catch (error) {
    const cause = error instanceof AqueductError ? error.cause : error;
    throw isDenied(cause) ? denied(`use the data folder ${dataDir}`, cause, dataDir) : error;
  }
}

function noFolder(dataDir: string): AqueductError {
  return new AqueductError(
    'UNAVAILABLE',
    `${dataDir} is no folder. Say with --data-dir where the data folder is. Nothing was created.`,
  );
}

/** A sentence for what disks and databases refuse; faults of ours keep their trace. */
function unfinished(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (!('syscall' in error) && asAqueductError(error).code === 'INTERNAL') return error;
  const message = `The check could not be finished: ${error.message}`;
  return new AqueductError('UNAVAILABLE', message, { cause: error });
}
