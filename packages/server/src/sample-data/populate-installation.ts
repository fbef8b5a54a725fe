import { openServices } from '../access/open-services.ts';
import type { Config } from '../platform/config/config.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { populate } from './populate.ts';

/** Opens an installation, beside a server that may run, and fills it with sample data. */
export async function populateInstallation(
  config: Config,
  count: number,
  report: (done: number) => void,
): Promise<void> {
  const services = await openServices(config, createLogger(config), 'sample data');
  try {
    await populate(services, count, report);
  } finally {
    await services.db.close();
  }
}
