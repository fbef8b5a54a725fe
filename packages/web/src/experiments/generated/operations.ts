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

/** Additive. How a list of experiments is sorted; the newest come first where nothing is said. */
export type ExperimentOrder =
  /** The newest first. */
  | 'CREATED_DESC'
  /** The oldest first. */
  | 'CREATED_ASC'
  /** By `updatedAt`, the latest first. */
  | 'UPDATED_DESC'
  /** By `updatedAt`, the earliest first. */
  | 'UPDATED_ASC'
  /** By title, without regard to case, ascending; those with one title by their EIDs as texts. */
  | 'TITLE_ASC'
  /** By title, without regard to case, descending; those with one title by their EIDs as texts. */
  | 'TITLE_DESC';

/** Additive. A text of an experiment that an update can empty. */
export type ExperimentText =
  /** The title. */
  | 'TITLE'
  /** The description. */
  | 'DESCRIPTION';

/** Names one experiment. */
export type ExperimentIdentifierInput = {
  /** Whether `value` is a UUID or an EID. */
  type: IdType;
  /** The UUID or EID; of type UUID, a text that is none is refused. */
  value: string;
};

/** What a list of experiments is narrowed to: all that is given must hold. */
export type ExperimentFiltersInput = {
  /**
   * A part of the title or of the EID, without regard to case; `%` and `_` are plain characters. At most 64 characters;
   * null and the empty text ask for nothing.
   */
  title?: string | null | undefined;
  /** Any of these tags, without regard to case; at most 10. Null and an empty list ask for nothing. */
  tags?: Array<string> | null | undefined;
  /** All of these tags, at most 6; `__archived__` among them asks for archived experiments, else they are left out. */
  shouldIncludeTags?: Array<string> | null | undefined;
  /** Inclusive bounds of `createdAt`. */
  startDate?: string | null | undefined;
  /** The later one of these bounds; null is no bound. */
  endDate?: string | null | undefined;
  /** Additive. Any of these user names, exactly; at most 10 of 64 characters. Null and an empty list ask for nothing. */
  createdBy?: Array<string> | null | undefined;
};

/** A change of the texts of an experiment. It moves `updatedAt` even where it changes nothing. */
export type ExperimentUpdateInput = {
  /** At most 256 characters. Absent, null or empty: stays. */
  title?: string | null | undefined;
  /** Markdown, at most 5000 characters. Absent, null or empty: stays. */
  description?: string | null | undefined;
  /** Additive. Texts to empty; one that is given as well is refused. */
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

export type WhatIsLostQueryVariables = Exact<{
  id: ExperimentIdentifierInput;
}>;


export type WhatIsLostQuery = { experiment: { files: Array<{ size: number }>, tasks: Array<{ uuid: string }> } | null };

export type ExperimentRowFragment = { uuid: string, eid: string, title: string, description: string | null, tags: Array<string>, createdBy: string, createdAt: string, updatedAt: string, viewerCanEdit: boolean, viewerCanDelete: boolean };

export type ListExperimentsQueryVariables = Exact<{
  offset: number;
  limit: number;
  filters?: ExperimentFiltersInput | null | undefined;
  orderBy?: ExperimentOrder | null | undefined;
}>;


export type ListExperimentsQuery = { experiments: { endCursor: string | null, experimentsData: Array<{ uuid: string, eid: string, title: string, description: string | null, tags: Array<string>, createdBy: string, createdAt: string, updatedAt: string, viewerCanEdit: boolean, viewerCanDelete: boolean }> } };

export type CountExperimentsQueryVariables = Exact<{
  filters?: ExperimentFiltersInput | null | undefined;
}>;


export type CountExperimentsQuery = { experiments: { totalExperimentsCount: number } };

export type WeighExperimentsQueryVariables = Exact<{
  offset: number;
  limit: number;
  filters?: ExperimentFiltersInput | null | undefined;
  orderBy?: ExperimentOrder | null | undefined;
}>;


export type WeighExperimentsQuery = { experiments: { experimentsData: Array<{ uuid: string, files: Array<{ size: number }>, tasks: Array<{ uuid: string }> }> } };

export type SuggestExperimentsQueryVariables = Exact<{
  text?: string | null | undefined;
}>;


export type SuggestExperimentsQuery = { experiments: { experimentsData: Array<{ eid: string, title: string }> } };

export type CompleteTagQueryVariables = Exact<{
  startsWith: string;
}>;


export type CompleteTagQuery = { tags: { tagsData: Array<string> } };

export type ListAuthorsQueryVariables = Exact<{ [key: string]: never; }>;


export type ListAuthorsQuery = { authors: Array<string> };

export type CreateExperimentMutationVariables = Exact<{
  title: string;
}>;


export type CreateExperimentMutation = { createExperiment: { eid: string } };

export type TagExperimentsMutationVariables = Exact<{
  uuids: Array<string> | string;
  add?: Array<string> | string | null | undefined;
  remove?: Array<string> | string | null | undefined;
}>;


export type TagExperimentsMutation = { tagExperiments: Array<{ uuid: string, eid: string, title: string, description: string | null, tags: Array<string>, createdBy: string, createdAt: string, updatedAt: string, viewerCanEdit: boolean, viewerCanDelete: boolean }> };

export type RemoveExperimentsMutationVariables = Exact<{
  uuids: Array<string> | string;
}>;


export type RemoveExperimentsMutation = { removeExperiments: null | null };

export const oneExperiment: Operation<OneExperimentQuery, OneExperimentQueryVariables> = {
  name: 'OneExperiment',
  text: "query OneExperiment($id:ExperimentIdentifierInput!){experiment(experimentIdentifier:$id){...ExperimentFacts}}fragment ExperimentFacts on ExperimentData{uuid eid title description createdAt createdBy updatedAt tags version viewerCanEdit viewerCanDelete}",
};

export const updateTexts: Operation<UpdateTextsMutation, UpdateTextsMutationVariables> = {
  name: 'UpdateTexts',
  text: "mutation UpdateTexts($uuid:UUID!$input:ExperimentUpdateInput!){updateExperiment(uuid:$uuid experimentUpdateInput:$input){...ExperimentFacts}}fragment ExperimentFacts on ExperimentData{uuid eid title description createdAt createdBy updatedAt tags version viewerCanEdit viewerCanDelete}",
};

export const whatIsLost: Operation<WhatIsLostQuery, WhatIsLostQueryVariables> = {
  name: 'WhatIsLost',
  text: "query WhatIsLost($id:ExperimentIdentifierInput!){experiment(experimentIdentifier:$id){files{size}tasks{uuid}}}",
};

export const listExperiments: Operation<ListExperimentsQuery, ListExperimentsQueryVariables> = {
  name: 'ListExperiments',
  text: "query ListExperiments($offset:Int!$limit:Int!$filters:ExperimentFiltersInput$orderBy:ExperimentOrder){experiments(offset:$offset limit:$limit filters:$filters orderBy:$orderBy){experimentsData{...ExperimentRow}endCursor}}fragment ExperimentRow on ExperimentData{uuid eid title description tags createdBy createdAt updatedAt viewerCanEdit viewerCanDelete}",
};

export const countExperiments: Operation<CountExperimentsQuery, CountExperimentsQueryVariables> = {
  name: 'CountExperiments',
  text: "query CountExperiments($filters:ExperimentFiltersInput){experiments(offset:0 limit:0 filters:$filters){totalExperimentsCount}}",
};

export const weighExperiments: Operation<WeighExperimentsQuery, WeighExperimentsQueryVariables> = {
  name: 'WeighExperiments',
  text: "query WeighExperiments($offset:Int!$limit:Int!$filters:ExperimentFiltersInput$orderBy:ExperimentOrder){experiments(offset:$offset limit:$limit filters:$filters orderBy:$orderBy){experimentsData{uuid files{size}tasks{uuid}}}}",
};

export const suggestExperiments: Operation<SuggestExperimentsQuery, SuggestExperimentsQueryVariables> = {
  name: 'SuggestExperiments',
  text: "query SuggestExperiments($text:String){experiments(limit:12 offset:0 filters:{title:$text}){experimentsData{eid title}}}",
};

export const completeTag: Operation<CompleteTagQuery, CompleteTagQueryVariables> = {
  name: 'CompleteTag',
  text: "query CompleteTag($startsWith:String!){tags(limit:20 filters:{startsWith:$startsWith}){tagsData}}",
};

export const listAuthors: Operation<ListAuthorsQuery, ListAuthorsQueryVariables> = {
  name: 'ListAuthors',
  text: "query ListAuthors{authors}",
};

export const createExperiment: Operation<CreateExperimentMutation, CreateExperimentMutationVariables> = {
  name: 'CreateExperiment',
  text: "mutation CreateExperiment($title:String!){createExperiment(createExperimentInput:{title:$title description:\"\" tags:[]}){eid}}",
};

export const tagExperiments: Operation<TagExperimentsMutation, TagExperimentsMutationVariables> = {
  name: 'TagExperiments',
  text: "mutation TagExperiments($uuids:[UUID!]!$add:[String!]$remove:[String!]){tagExperiments(tagExperimentsInput:{uuids:$uuids add:$add remove:$remove}){...ExperimentRow}}fragment ExperimentRow on ExperimentData{uuid eid title description tags createdBy createdAt updatedAt viewerCanEdit viewerCanDelete}",
};

export const removeExperiments: Operation<RemoveExperimentsMutation, RemoveExperimentsMutationVariables> = {
  name: 'RemoveExperiments',
  text: "mutation RemoveExperiments($uuids:[UUID!]!){removeExperiments(uuids:$uuids)}",
};