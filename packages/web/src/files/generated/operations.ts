// Made from operations.graphql and the schema by `npm run generate`; do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from '@aqueduct/client/protocol';
/** By what an experiment is identified. */
export type IdType =
  /** By its UUID, in any form that the scalar `UUID` takes. */
  | 'UUID'
  /** By its EID, exactly as it is written. */
  | 'EID';

/** Names one experiment. */
export type ExperimentIdentifierInput = {
  /** Whether `value` is a UUID or an EID. */
  type: IdType;
  /** The UUID or EID; of type UUID, a text that is none is refused. */
  value: string;
};

export type FilesOfExperimentQueryVariables = Exact<{
  id: ExperimentIdentifierInput;
}>;


export type FilesOfExperimentQuery = { experiment: { files: Array<{ name: string, size: number, sha256: string, mediaType: string, modifiedAt: string, createdBy: string, producedBy: { uuid: string, extensionName: string, actionName: string } | null }> } | null };

export const filesOfExperiment: Operation<FilesOfExperimentQuery, FilesOfExperimentQueryVariables> = {
  name: 'FilesOfExperiment',
  text: "query FilesOfExperiment($id:ExperimentIdentifierInput!){experiment(experimentIdentifier:$id){files{name size sha256 mediaType modifiedAt createdBy producedBy{uuid extensionName actionName}}}}",
};