export { type RunningServer, startServer } from './app/start-server.ts';
export { loadConfig } from './platform/config/load-config.ts';
export { AqueductError } from './platform/errors/aqueduct-error.ts';
export { populateInstallation } from './sample-data/populate-installation.ts';
export { sampleExperiment } from './sample-data/sample-experiment.ts';
