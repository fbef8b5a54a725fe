// Made from operations.graphql and the schema by `npm run generate`; do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from '@aqueduct/client/protocol';
export type IdType =
  | 'UUID'
  | 'EID';

/** Additive. A text of an experiment that an update can empty. */
export type ExperimentText =
  | 'TITLE'
  | 'DESCRIPTION';

export type ExperimentIdentifierInput = {
  type: IdType;
  value: string;
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

export type ExperimentFactsFragment = { uuid: string, eid: string, title: string, description: string | null, createdAt: string, createdBy: string, updatedAt: string, tags: Array<string>, version: number, viewerCanEdit: boolean, viewerCanDelete: boolean };

export type OneExperimentQueryVariables = Exact<{
  id: ExperimentIdentifierInput;
}>;


export type OneExperimentQuery = { experiment: { uuid: string, eid: string, title: string, description: string | null, createdAt: string, createdBy: string, updatedAt: string, tags: Array<string>, version: number, viewerCanEdit: boolean, viewerCanDelete: boolean } | null };

export type UpdateTextsMutationVariables = Exact<{
  uuid: string;
  input: ExperimentUpdateInput;
}>;


export type UpdateTextsMutation = { updateExperiment: { uuid: string, eid: string, title: string, description: string | null, createdAt: string, createdBy: string, updatedAt: string, tags: Array<string>, version: number, viewerCanEdit: boolean, viewerCanDelete: boolean } };

export type AddTagsMutationVariables = Exact<{
  uuid: string;
  tags: Array<string> | string;
}>;


export type AddTagsMutation = { addTagsToExperiment: { uuid: string, eid: string, title: string, description: string | null, createdAt: string, createdBy: string, updatedAt: string, tags: Array<string>, version: number, viewerCanEdit: boolean, viewerCanDelete: boolean } };

export type RemoveTagMutationVariables = Exact<{
  uuid: string;
  tag: string;
}>;


export type RemoveTagMutation = { removeTagFromExperiment: { uuid: string, eid: string, title: string, description: string | null, createdAt: string, createdBy: string, updatedAt: string, tags: Array<string>, version: number, viewerCanEdit: boolean, viewerCanDelete: boolean } };

export type DeleteExperimentMutationVariables = Exact<{
  uuid: string;
}>;


export type DeleteExperimentMutation = { removeExperiment: null | null };

export type TagsInUseQueryVariables = Exact<{ [key: string]: never; }>;


export type TagsInUseQuery = { tags: { tagsData: Array<string> } };

export type WhatIsLostQueryVariables = Exact<{
  id: ExperimentIdentifierInput;
}>;


export type WhatIsLostQuery = { experiment: { files: Array<{ size: number }>, tasks: Array<{ uuid: string }> } | null };

export const oneExperiment: Operation<OneExperimentQuery, OneExperimentQueryVariables> = {
  name: 'OneExperiment',
  text: "query OneExperiment($id: ExperimentIdentifierInput!) { experiment(experimentIdentifier: $id) { ...ExperimentFacts } } fragment ExperimentFacts on ExperimentData { uuid eid title description createdAt createdBy updatedAt tags version viewerCanEdit viewerCanDelete }",
};

export const updateTexts: Operation<UpdateTextsMutation, UpdateTextsMutationVariables> = {
  name: 'UpdateTexts',
  text: "mutation UpdateTexts($uuid: UUID!, $input: ExperimentUpdateInput!) { updateExperiment(uuid: $uuid, experimentUpdateInput: $input) { ...ExperimentFacts } } fragment ExperimentFacts on ExperimentData { uuid eid title description createdAt createdBy updatedAt tags version viewerCanEdit viewerCanDelete }",
};

export const addTags: Operation<AddTagsMutation, AddTagsMutationVariables> = {
  name: 'AddTags',
  text: "mutation AddTags($uuid: UUID!, $tags: [String!]!) { addTagsToExperiment(experimentTagsInput: {uuid: $uuid, tags: $tags}) { ...ExperimentFacts } } fragment ExperimentFacts on ExperimentData { uuid eid title description createdAt createdBy updatedAt tags version viewerCanEdit viewerCanDelete }",
};

export const removeTag: Operation<RemoveTagMutation, RemoveTagMutationVariables> = {
  name: 'RemoveTag',
  text: "mutation RemoveTag($uuid: UUID!, $tag: String!) { removeTagFromExperiment(experimentTagInput: {uuid: $uuid, tag: $tag}) { ...ExperimentFacts } } fragment ExperimentFacts on ExperimentData { uuid eid title description createdAt createdBy updatedAt tags version viewerCanEdit viewerCanDelete }",
};

export const deleteExperiment: Operation<DeleteExperimentMutation, DeleteExperimentMutationVariables> = {
  name: 'DeleteExperiment',
  text: "mutation DeleteExperiment($uuid: UUID!) { removeExperiment(experimentRemoveInput: {uuid: $uuid}) }",
};

export const tagsInUse: Operation<TagsInUseQuery, TagsInUseQueryVariables> = {
  name: 'TagsInUse',
  text: "query TagsInUse { tags(limit: 500) { tagsData } }",
};

export const whatIsLost: Operation<WhatIsLostQuery, WhatIsLostQueryVariables> = {
  name: 'WhatIsLost',
  text: "query WhatIsLost($id: ExperimentIdentifierInput!) { experiment(experimentIdentifier: $id) { files { size } tasks { uuid } } }",
};