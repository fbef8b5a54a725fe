// Made from operations.graphql and the schema by `npm run generate`; do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from '../operation.ts';
export type IdType =
  | 'UUID'
  | 'EID';

/** Additive. A text of an experiment that an update can empty. */
export type ExperimentText =
  | 'TITLE'
  | 'DESCRIPTION';

export type ExperimentFiltersInput = {
  /** A part of the title or of the EID, without regard to case; `%` and `_` are plain characters. */
  title?: string | null | undefined;
  /** Any of these tags. */
  tags?: Array<string> | null | undefined;
  /** All of these tags; `__archived__` among them asks for archived experiments. */
  shouldIncludeTags?: Array<string> | null | undefined;
  /** Inclusive bounds of `createdAt`. */
  startDate?: string | null | undefined;
  endDate?: string | null | undefined;
  /** Additive. Any of these user names. */
  createdBy?: Array<string> | null | undefined;
};

export type ExperimentCreateInput = {
  title: string;
  description: string;
  tags: Array<string>;
};

export type ExperimentUpdateInput = {
  /** Absent, null or empty: stays. */
  title?: string | null | undefined;
  /** Absent, null or empty: stays. */
  description?: string | null | undefined;
  /** Additive. Texts to empty. */
  clear?: Array<ExperimentText> | null | undefined;
  /** Additive. The `version` this change started from; if the experiment has another one by now, nothing is changed. */
  version?: number | null | undefined;
};

export type ExperimentIdentityFragment = { uuid: string, eid: string, createdAt: string };

export type FileFactsFragment = { name: string, modifiedAt: string, size: number, sha256: string, mediaType: string, createdBy: string };

export type SnapshotFragment = { title: string, description: string | null, createdBy: string, updatedAt: string, tags: Array<string>, viewerCanEdit: boolean, viewerCanDelete: boolean, version: number, uuid: string, eid: string, createdAt: string, files: Array<{ name: string, modifiedAt: string, size: number, sha256: string, mediaType: string, createdBy: string }> };

export type FindExperimentsQueryVariables = Exact<{
  limit: number;
  offset: number;
  filters?: ExperimentFiltersInput | null | undefined;
}>;


export type FindExperimentsQuery = { experiments: { experimentsData: Array<{ uuid: string, eid: string, createdAt: string }> } };

export type ExperimentsAfterQueryVariables = Exact<{
  limit: number;
  after?: string | null | undefined;
  filters?: ExperimentFiltersInput | null | undefined;
}>;


export type ExperimentsAfterQuery = { experiments: { endCursor: string | null, experimentsData: Array<{ uuid: string, eid: string, createdAt: string }> } };

export type IdentifyExperimentQueryVariables = Exact<{
  type: IdType;
  value: string;
}>;


export type IdentifyExperimentQuery = { experiment: { uuid: string, eid: string, createdAt: string } | null };

export type FetchExperimentQueryVariables = Exact<{
  uuid: string;
}>;


export type FetchExperimentQuery = { experiment: { title: string, description: string | null, createdBy: string, updatedAt: string, tags: Array<string>, viewerCanEdit: boolean, viewerCanDelete: boolean, version: number, uuid: string, eid: string, createdAt: string, files: Array<{ name: string, modifiedAt: string, size: number, sha256: string, mediaType: string, createdBy: string }> } | null };

export type ReadTitleQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadTitleQuery = { experiment: { title: string } | null };

export type ReadDescriptionQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadDescriptionQuery = { experiment: { description: string | null } | null };

export type ReadTagsQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadTagsQuery = { experiment: { tags: Array<string> } | null };

export type ReadFilesQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadFilesQuery = { experiment: { files: Array<{ name: string, modifiedAt: string, size: number, sha256: string, mediaType: string, createdBy: string }> } | null };

export type ReadUpdatedAtQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadUpdatedAtQuery = { experiment: { updatedAt: string } | null };

export type CreateExperimentMutationVariables = Exact<{
  input: ExperimentCreateInput;
}>;


export type CreateExperimentMutation = { createExperiment: { uuid: string, eid: string, createdAt: string } };

export type UpdateExperimentMutationVariables = Exact<{
  uuid: string;
  input: ExperimentUpdateInput;
}>;


export type UpdateExperimentMutation = { updateExperiment: { title: string, description: string | null, createdBy: string, updatedAt: string, tags: Array<string>, viewerCanEdit: boolean, viewerCanDelete: boolean, version: number, uuid: string, eid: string, createdAt: string, files: Array<{ name: string, modifiedAt: string, size: number, sha256: string, mediaType: string, createdBy: string }> } };

export type AddTagsMutationVariables = Exact<{
  uuid: string;
  tags: Array<string> | string;
}>;


export type AddTagsMutation = { addTagsToExperiment: { uuid: string } };

export type RemoveTagMutationVariables = Exact<{
  uuid: string;
  tag: string;
}>;


export type RemoveTagMutation = { removeTagFromExperiment: { uuid: string } };

export type RemoveExperimentMutationVariables = Exact<{
  uuid: string;
}>;


export type RemoveExperimentMutation = { removeExperiment: null | null };

export const findExperiments: Operation<FindExperimentsQuery, FindExperimentsQueryVariables> = {
  name: 'FindExperiments',
  text: "query FindExperiments($limit: Int!, $offset: Int!, $filters: ExperimentFiltersInput) { experiments(limit: $limit, offset: $offset, filters: $filters) { experimentsData { ...ExperimentIdentity } } } fragment ExperimentIdentity on ExperimentData { uuid eid createdAt }",
};

export const experimentsAfter: Operation<ExperimentsAfterQuery, ExperimentsAfterQueryVariables> = {
  name: 'ExperimentsAfter',
  text: "query ExperimentsAfter($limit: Int!, $after: String, $filters: ExperimentFiltersInput) { experiments(limit: $limit, offset: 0, after: $after, filters: $filters) { experimentsData { ...ExperimentIdentity } endCursor } } fragment ExperimentIdentity on ExperimentData { uuid eid createdAt }",
};

export const identifyExperiment: Operation<IdentifyExperimentQuery, IdentifyExperimentQueryVariables> = {
  name: 'IdentifyExperiment',
  text: "query IdentifyExperiment($type: IDType!, $value: String!) { experiment(experimentIdentifier: {type: $type, value: $value}) { ...ExperimentIdentity } } fragment ExperimentIdentity on ExperimentData { uuid eid createdAt }",
};

export const fetchExperiment: Operation<FetchExperimentQuery, FetchExperimentQueryVariables> = {
  name: 'FetchExperiment',
  text: "query FetchExperiment($uuid: String!) { experiment(experimentIdentifier: {type: UUID, value: $uuid}) { ...Snapshot } } fragment Snapshot on ExperimentData { ...ExperimentIdentity title description createdBy updatedAt tags files { ...FileFacts } viewerCanEdit viewerCanDelete version } fragment ExperimentIdentity on ExperimentData { uuid eid createdAt } fragment FileFacts on ExperimentFile { name modifiedAt size sha256 mediaType createdBy }",
};

export const readTitle: Operation<ReadTitleQuery, ReadTitleQueryVariables> = {
  name: 'ReadTitle',
  text: "query ReadTitle($uuid: String!) { experiment(experimentIdentifier: {type: UUID, value: $uuid}) { title } }",
};

export const readDescription: Operation<ReadDescriptionQuery, ReadDescriptionQueryVariables> = {
  name: 'ReadDescription',
  text: "query ReadDescription($uuid: String!) { experiment(experimentIdentifier: {type: UUID, value: $uuid}) { description } }",
};

export const readTags: Operation<ReadTagsQuery, ReadTagsQueryVariables> = {
  name: 'ReadTags',
  text: "query ReadTags($uuid: String!) { experiment(experimentIdentifier: {type: UUID, value: $uuid}) { tags } }",
};

export const readFiles: Operation<ReadFilesQuery, ReadFilesQueryVariables> = {
  name: 'ReadFiles',
  text: "query ReadFiles($uuid: String!) { experiment(experimentIdentifier: {type: UUID, value: $uuid}) { files { ...FileFacts } } } fragment FileFacts on ExperimentFile { name modifiedAt size sha256 mediaType createdBy }",
};

export const readUpdatedAt: Operation<ReadUpdatedAtQuery, ReadUpdatedAtQueryVariables> = {
  name: 'ReadUpdatedAt',
  text: "query ReadUpdatedAt($uuid: String!) { experiment(experimentIdentifier: {type: UUID, value: $uuid}) { updatedAt } }",
};

export const createExperiment: Operation<CreateExperimentMutation, CreateExperimentMutationVariables> = {
  name: 'CreateExperiment',
  text: "mutation CreateExperiment($input: ExperimentCreateInput!) { createExperiment(createExperimentInput: $input) { ...ExperimentIdentity } } fragment ExperimentIdentity on ExperimentData { uuid eid createdAt }",
};

export const updateExperiment: Operation<UpdateExperimentMutation, UpdateExperimentMutationVariables> = {
  name: 'UpdateExperiment',
  text: "mutation UpdateExperiment($uuid: UUID!, $input: ExperimentUpdateInput!) { updateExperiment(uuid: $uuid, experimentUpdateInput: $input) { ...Snapshot } } fragment Snapshot on ExperimentData { ...ExperimentIdentity title description createdBy updatedAt tags files { ...FileFacts } viewerCanEdit viewerCanDelete version } fragment ExperimentIdentity on ExperimentData { uuid eid createdAt } fragment FileFacts on ExperimentFile { name modifiedAt size sha256 mediaType createdBy }",
};

export const addTags: Operation<AddTagsMutation, AddTagsMutationVariables> = {
  name: 'AddTags',
  text: "mutation AddTags($uuid: UUID!, $tags: [String!]!) { addTagsToExperiment(experimentTagsInput: {uuid: $uuid, tags: $tags}) { uuid } }",
};

export const removeTag: Operation<RemoveTagMutation, RemoveTagMutationVariables> = {
  name: 'RemoveTag',
  text: "mutation RemoveTag($uuid: UUID!, $tag: String!) { removeTagFromExperiment(experimentTagInput: {uuid: $uuid, tag: $tag}) { uuid } }",
};

export const removeExperiment: Operation<RemoveExperimentMutation, RemoveExperimentMutationVariables> = {
  name: 'RemoveExperiment',
  text: "mutation RemoveExperiment($uuid: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $uuid}) }",
};