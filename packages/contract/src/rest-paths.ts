/** Where the API answers, below the base path. */
export const restPaths = {
  graphql: '/api/graphql',
  files: '/api/files',
  uploads: '/api/uploads',
  zip: '/api/zip',
} as const;

/** The address of an experiment's files, as `ExperimentFile.path` gives it: without any base path. */
export function filesPath(experimentUuid: string): string {
  return `${restPaths.files}/${experimentUuid}`;
}
