export { API } from './api.ts';
export type { ApiOptions, CreateOptions } from './api-options.ts';
export {
  AqueductError,
  FileDownloadError,
  FileRemovalError,
  FileToUploadNotFoundError,
  FileUploadError,
  ForbiddenError,
  InvalidArgumentError,
  RemoteOperationError,
  UnauthorizedError,
} from './errors/errors.ts';
export { Experiment } from './experiment.ts';
export type { ExperimentFile, ExperimentSnapshot } from './experiment-snapshot.ts';
export type { ExperimentUpdate } from './experiment-update.ts';
export type { AllOptions, ExperimentFilters, FindOptions } from './find-options.ts';
export type { UploadSource } from './platform/platform.ts';
export type { Progress, RequestOptions, TransferOptions } from './progress.ts';
export type { UploadOptions } from './upload-file.ts';
