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
export { Extension, type ExtensionParameter } from './extensions/extension.ts';
export { type ExecutionResult, ExtensionAction, type SubmitOptions } from './extensions/extension-action.ts';
export type { ParameterValue, ParameterValues } from './extensions/parameter-values.ts';
export type { AllOptions, ExperimentFilters, FindOptions } from './find-options.ts';
export type { TaskStatus } from './generated/operations.ts';
export type { UploadSource } from './platform/platform.ts';
export type { Progress, RequestOptions, TransferOptions } from './progress.ts';
export type { FindTasksOptions } from './tasks/find-tasks.ts';
export { type OutputOptions, Task } from './tasks/task.ts';
export type {
  TaskEnvironment,
  TaskInputFile,
  TaskOutputChunk,
  TaskOutputFile,
  TaskParameter,
  TaskSnapshot,
} from './tasks/task-snapshot.ts';
export type { WaitOptions } from './tasks/wait-for-task.ts';
export type { UploadOptions } from './upload-file.ts';
