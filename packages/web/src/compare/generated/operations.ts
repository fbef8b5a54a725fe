// Made from operations.graphql and the schema by `npm run generate`; do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from '@aqueduct/client/protocol';
export type CompareExperimentsQueryVariables = Exact<{
  eids: Array<string> | string;
}>;


export type CompareExperimentsQuery = { experimentsByEid: Array<{ uuid: string, eid: string, title: string, description: string | null, createdAt: string, createdBy: string, tags: Array<string>, files: Array<{ name: string, size: number, sha256: string, mediaType: string }> }> };

export const compareExperiments: Operation<CompareExperimentsQuery, CompareExperimentsQueryVariables> = {
  name: 'CompareExperiments',
  text: "query CompareExperiments($eids:[String!]!){experimentsByEid(eids:$eids){uuid eid title description createdAt createdBy tags files{name size sha256 mediaType}}}",
};