export { type RunningServer, startServer } from './app/start-server.ts';
export type { Config } from './platform/config/config.ts';
export { AqueductConfigError } from './platform/config/config-error.ts';
export { type Flags, loadConfig } from './platform/config/load-config.ts';
export { AqueductError } from './platform/errors/aqueduct-error.ts';
export { populateInstallation } from './sample-data/populate-installation.ts';
