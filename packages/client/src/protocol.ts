/**
 * For programs that send operations of their own, with types made from the schema: a connection, what its failures
 * say, and the constants of the contract. The web interface is built on it; scripts want `API` instead.
 *
 * @packageDocumentation
 */
export {
  ARCHIVED_TAG,
  boolOf,
  FAVOURITE_TAG,
  filesPath,
  isEid,
  isFileName,
  isFloat,
  isInt,
  isSystemTag,
  limits,
  restPaths,
} from '@aqueduct/contract';
export { Connection } from './connection.ts';
export { Failure } from './errors/failure.ts';
export { failureOfAnswer } from './errors/failure-of-answer.ts';
export { follow } from './live/follow.ts';
export { subscribe } from './live/subscribe.ts';
export type { Operation } from './operation.ts';
export { pause } from './pause.ts';
export { openBlob } from './platform/open-blob.ts';
export {
  discardUnfinished,
  receivedOf,
  type UnfinishedUpload,
  unfinishedUploads,
} from './resumable/unfinished-uploads.ts';
export { uploadInPieces } from './resumable/upload-in-pieces.ts';
