// Made from operations.graphql and the schema by `npm run generate`; do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from '../operation.ts';
/** By what an experiment is identified. */
export type IdType =
  /** By its UUID, in any form that the scalar `UUID` takes. */
  | 'UUID'
  /** By its EID, exactly as it is written. */
  | 'EID';

/** The state of a task. It never leaves SUCCESS, FAILURE or REVOKED. */
export type TaskStatus =
  /** It has ended without success: another exit code than 0, or it could not be run, took too long or was lost. */
  | 'FAILURE'
  /** It waits for a worker. */
  | 'PENDING'
  /** A worker has it and prepares what it needs. */
  | 'RECEIVED'
  /** It was cancelled and has ended, however its process did. */
  | 'REVOKED'
  /** Its process was started. */
  | 'STARTED'
  /** Its process has ended with the exit code 0. */
  | 'SUCCESS';

/** Additive. A text of an experiment that an update can empty. */
export type ExperimentText =
  /** The title. */
  | 'TITLE'
  /** The description. */
  | 'DESCRIPTION';

/** Additive. One of the two outputs of a task. */
export type TaskStream =
  /** Standard output. */
  | 'STDOUT'
  /** Standard error; what the server has to say of the task is there too. */
  | 'STDERR';

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

/** What a list of tasks is narrowed to: all that is given must hold, and null asks for nothing. */
export type TasksFilterInput = {
  /** Name of the user who started it, exactly. */
  username?: string | null | undefined;
  /** Name of the extension, exactly; the empty text matches nothing. */
  extensionName?: string | null | undefined;
  /** Name of the action, exactly; the empty text matches nothing. */
  actionName?: string | null | undefined;
  /** The experiment that it belongs to; only by its UUID, an EID is refused. */
  experiment?: ExperimentIdentifierInput | null | undefined;
  /** Inclusive bounds of `receivedAt`. */
  startDate?: string | null | undefined;
  /** The later one of these bounds. */
  endDate?: string | null | undefined;
  /** Additive. Any of these; an empty list matches nothing. */
  taskStatus?: Array<TaskStatus> | null | undefined;
  /** Ignored, as ever: use the arguments of `tasks`. */
  limit?: number | null | undefined;
  /** Ignored, as ever: use the arguments of `tasks`. */
  offset?: number | null | undefined;
};

/** A new experiment. */
export type ExperimentCreateInput = {
  /** At most 256 characters; may be empty. */
  title: string;
  /** Markdown, at most 5000 characters; may be empty. */
  description: string;
  /**
   * At most 64, each of 1 to 64 characters: letters and digits of ASCII, colons, hyphens, underscores and slashes. The same
   * tag twice is one.
   */
  tags: Array<string>;
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

/** What is to be run. */
export type ExecuteExtensionInput = {
  /** The experiment that the task belongs to; the caller needs the right to view and edit it. */
  experimentUuid: string;
  /** Name of the extension; exactly one must have it. */
  extension: string;
  /** Name of the action; exactly one must have it. */
  action: string;
  /** Pairs of name and value: all parameters of the action, and no others. Of a name given twice, the last value counts. */
  params: Array<Array<string>>;
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

export type ParameterFactsFragment = { name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null };

export type ActionFactsFragment = { name: string, displayName: string | null, description: string | null, experimentVariableName: string | null, parameters: Array<{ name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null }> };

export type ExtensionFactsFragment = { name: string, description: string | null, authors: string, actions: Array<{ name: string, displayName: string | null, description: string | null, experimentVariableName: string | null, parameters: Array<{ name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null }> }> };

export type TaskIdentityFragment = { uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, experiment: { uuid: string, eid: string, createdAt: string }, parameters: Array<{ value: string | null, key: { name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null } }> };

export type TaskFactsFragment = { taskStatus: TaskStatus, startedAt: string | null, endedAt: string | null, resultCode: number | null, stdOut: string | null, stdErr: string | null, viewerCanCancel: boolean, uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, inputs: Array<{ eid: string, experimentUuid: string, name: string, size: number, sha256: string, given: boolean, readAt: string | null }>, outputs: Array<{ eid: string, experimentUuid: string, name: string, size: number, sha256: string, uploadedAt: string }>, environment: { script: string, extensionHash: string | null, interpreter: string | null, packages: Array<string>, serverVersion: string }, rerunOf: { uuid: string } | null, experiment: { uuid: string, eid: string, createdAt: string }, parameters: Array<{ value: string | null, key: { name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null } }> };

export type ChunkFactsFragment = { sequence: number, stream: TaskStream, text: string, writtenAt: string };

export type ListExtensionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ListExtensionsQuery = { extensions: Array<{ name: string, description: string | null, authors: string, actions: Array<{ name: string, displayName: string | null, description: string | null, experimentVariableName: string | null, parameters: Array<{ name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null }> }> }> };

export type ExecuteActionMutationVariables = Exact<{
  extension: string;
  action: string;
  params: Array<Array<string> | string> | Array<string> | string;
}>;


export type ExecuteActionMutation = { executeExtension: { returnCode: number, stdout: string, stderr: string, logExperiment: string, logFile: string } };

export type SubmitActionMutationVariables = Exact<{
  input: ExecuteExtensionInput;
}>;


export type SubmitActionMutation = { executeExtension: { uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, experiment: { uuid: string, eid: string, createdAt: string }, parameters: Array<{ value: string | null, key: { name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null } }> } };

export type IdentifyTaskQueryVariables = Exact<{
  uuid: string;
}>;


export type IdentifyTaskQuery = { task: { uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, experiment: { uuid: string, eid: string, createdAt: string }, parameters: Array<{ value: string | null, key: { name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null } }> } | null };

export type FindTasksQueryVariables = Exact<{
  limit: number;
  offset: number;
  filters?: TasksFilterInput | null | undefined;
}>;


export type FindTasksQuery = { tasks: { tasksData: Array<{ uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, experiment: { uuid: string, eid: string, createdAt: string }, parameters: Array<{ value: string | null, key: { name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null } }> }> } };

export type FetchTaskQueryVariables = Exact<{
  uuid: string;
}>;


export type FetchTaskQuery = { task: { taskStatus: TaskStatus, startedAt: string | null, endedAt: string | null, resultCode: number | null, stdOut: string | null, stdErr: string | null, viewerCanCancel: boolean, uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, inputs: Array<{ eid: string, experimentUuid: string, name: string, size: number, sha256: string, given: boolean, readAt: string | null }>, outputs: Array<{ eid: string, experimentUuid: string, name: string, size: number, sha256: string, uploadedAt: string }>, environment: { script: string, extensionHash: string | null, interpreter: string | null, packages: Array<string>, serverVersion: string }, rerunOf: { uuid: string } | null, experiment: { uuid: string, eid: string, createdAt: string }, parameters: Array<{ value: string | null, key: { name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null } }> } | null };

export type ReadTaskStatusQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadTaskStatusQuery = { task: { taskStatus: TaskStatus } | null };

export type ReadResultCodeQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadResultCodeQuery = { task: { resultCode: number | null } | null };

export type ReadEndedAtQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadEndedAtQuery = { task: { endedAt: string | null } | null };

export type ReadStdOutQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadStdOutQuery = { task: { stdOut: string | null } | null };

export type ReadStdErrQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadStdErrQuery = { task: { stdErr: string | null } | null };

export type ReadTaskOutputQueryVariables = Exact<{
  uuid: string;
  after: number;
}>;


export type ReadTaskOutputQuery = { task: { taskStatus: TaskStatus, output: Array<{ sequence: number, stream: TaskStream, text: string, writtenAt: string }> } | null };

export type CancelTaskMutationVariables = Exact<{
  uuid: string;
}>;


export type CancelTaskMutation = { cancelTask: { uuid: string } };

export type RerunTaskMutationVariables = Exact<{
  uuid: string;
  overrides: Array<Array<string> | string> | Array<string> | string;
}>;


export type RerunTaskMutation = { rerunTask: { uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, experiment: { uuid: string, eid: string, createdAt: string }, parameters: Array<{ value: string | null, key: { name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null } }> } };

export type TaskUpdatedSubscriptionVariables = Exact<{
  uuid: string;
}>;


export type TaskUpdatedSubscription = { taskUpdated: { taskStatus: TaskStatus, startedAt: string | null, endedAt: string | null, resultCode: number | null, stdOut: string | null, stdErr: string | null, viewerCanCancel: boolean, uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, inputs: Array<{ eid: string, experimentUuid: string, name: string, size: number, sha256: string, given: boolean, readAt: string | null }>, outputs: Array<{ eid: string, experimentUuid: string, name: string, size: number, sha256: string, uploadedAt: string }>, environment: { script: string, extensionHash: string | null, interpreter: string | null, packages: Array<string>, serverVersion: string }, rerunOf: { uuid: string } | null, experiment: { uuid: string, eid: string, createdAt: string }, parameters: Array<{ value: string | null, key: { name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null } }> } };

export type TaskOutputSubscriptionVariables = Exact<{
  uuid: string;
  after: number;
}>;


export type TaskOutputSubscription = { taskOutput: { sequence: number, stream: TaskStream, text: string, writtenAt: string } };

export const findExperiments: Operation<FindExperimentsQuery, FindExperimentsQueryVariables> = {
  name: 'FindExperiments',
  text: "query FindExperiments($limit:Int!$offset:Int!$filters:ExperimentFiltersInput){experiments(limit:$limit offset:$offset filters:$filters){experimentsData{...ExperimentIdentity}}}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}",
};

export const experimentsAfter: Operation<ExperimentsAfterQuery, ExperimentsAfterQueryVariables> = {
  name: 'ExperimentsAfter',
  text: "query ExperimentsAfter($limit:Int!$after:String$filters:ExperimentFiltersInput){experiments(limit:$limit offset:0 after:$after filters:$filters){experimentsData{...ExperimentIdentity}endCursor}}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}",
};

export const identifyExperiment: Operation<IdentifyExperimentQuery, IdentifyExperimentQueryVariables> = {
  name: 'IdentifyExperiment',
  text: "query IdentifyExperiment($type:IDType!$value:String!){experiment(experimentIdentifier:{type:$type value:$value}){...ExperimentIdentity}}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}",
};

export const fetchExperiment: Operation<FetchExperimentQuery, FetchExperimentQueryVariables> = {
  name: 'FetchExperiment',
  text: "query FetchExperiment($uuid:String!){experiment(experimentIdentifier:{type:UUID value:$uuid}){...Snapshot}}fragment Snapshot on ExperimentData{...ExperimentIdentity title description createdBy updatedAt tags files{...FileFacts}viewerCanEdit viewerCanDelete version}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}fragment FileFacts on ExperimentFile{name modifiedAt size sha256 mediaType createdBy}",
};

export const readTitle: Operation<ReadTitleQuery, ReadTitleQueryVariables> = {
  name: 'ReadTitle',
  text: "query ReadTitle($uuid:String!){experiment(experimentIdentifier:{type:UUID value:$uuid}){title}}",
};

export const readDescription: Operation<ReadDescriptionQuery, ReadDescriptionQueryVariables> = {
  name: 'ReadDescription',
  text: "query ReadDescription($uuid:String!){experiment(experimentIdentifier:{type:UUID value:$uuid}){description}}",
};

export const readTags: Operation<ReadTagsQuery, ReadTagsQueryVariables> = {
  name: 'ReadTags',
  text: "query ReadTags($uuid:String!){experiment(experimentIdentifier:{type:UUID value:$uuid}){tags}}",
};

export const readFiles: Operation<ReadFilesQuery, ReadFilesQueryVariables> = {
  name: 'ReadFiles',
  text: "query ReadFiles($uuid:String!){experiment(experimentIdentifier:{type:UUID value:$uuid}){files{...FileFacts}}}fragment FileFacts on ExperimentFile{name modifiedAt size sha256 mediaType createdBy}",
};

export const readUpdatedAt: Operation<ReadUpdatedAtQuery, ReadUpdatedAtQueryVariables> = {
  name: 'ReadUpdatedAt',
  text: "query ReadUpdatedAt($uuid:String!){experiment(experimentIdentifier:{type:UUID value:$uuid}){updatedAt}}",
};

export const createExperiment: Operation<CreateExperimentMutation, CreateExperimentMutationVariables> = {
  name: 'CreateExperiment',
  text: "mutation CreateExperiment($input:ExperimentCreateInput!){createExperiment(createExperimentInput:$input){...ExperimentIdentity}}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}",
};

export const updateExperiment: Operation<UpdateExperimentMutation, UpdateExperimentMutationVariables> = {
  name: 'UpdateExperiment',
  text: "mutation UpdateExperiment($uuid:UUID!$input:ExperimentUpdateInput!){updateExperiment(uuid:$uuid experimentUpdateInput:$input){...Snapshot}}fragment Snapshot on ExperimentData{...ExperimentIdentity title description createdBy updatedAt tags files{...FileFacts}viewerCanEdit viewerCanDelete version}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}fragment FileFacts on ExperimentFile{name modifiedAt size sha256 mediaType createdBy}",
};

export const addTags: Operation<AddTagsMutation, AddTagsMutationVariables> = {
  name: 'AddTags',
  text: "mutation AddTags($uuid:UUID!$tags:[String!]!){addTagsToExperiment(experimentTagsInput:{uuid:$uuid tags:$tags}){uuid}}",
};

export const removeTag: Operation<RemoveTagMutation, RemoveTagMutationVariables> = {
  name: 'RemoveTag',
  text: "mutation RemoveTag($uuid:UUID!$tag:String!){removeTagFromExperiment(experimentTagInput:{uuid:$uuid tag:$tag}){uuid}}",
};

export const removeExperiment: Operation<RemoveExperimentMutation, RemoveExperimentMutationVariables> = {
  name: 'RemoveExperiment',
  text: "mutation RemoveExperiment($uuid:UUID!){removeExperiment(experimentRemoveInput:{uuid:$uuid})}",
};

export const listExtensions: Operation<ListExtensionsQuery, ListExtensionsQueryVariables> = {
  name: 'ListExtensions',
  text: "query ListExtensions{extensions{...ExtensionFacts}}fragment ExtensionFacts on ExtensionInfo{name description authors actions{...ActionFacts}}fragment ActionFacts on ExtensionActionInfo{name displayName description experimentVariableName parameters{...ParameterFacts}}fragment ParameterFacts on ExtensionParameterType{name displayName description dataType defaultValue options}",
};

export const executeAction: Operation<ExecuteActionMutation, ExecuteActionMutationVariables> = {
  name: 'ExecuteAction',
  text: "mutation ExecuteAction($extension:String!$action:String!$params:[[String!]!]!){executeExtension(extension:$extension action:$action params:$params){returnCode stdout stderr logExperiment logFile}}",
};

export const submitAction: Operation<SubmitActionMutation, SubmitActionMutationVariables> = {
  name: 'SubmitAction',
  text: "mutation SubmitAction($input:ExecuteExtensionInput!){executeExtension(executeExtensionInput:$input){...TaskIdentity}}fragment TaskIdentity on TaskData{uuid experiment{...ExperimentIdentity}extensionName actionName parameters{key{...ParameterFacts}value}createdBy receivedAt}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}fragment ParameterFacts on ExtensionParameterType{name displayName description dataType defaultValue options}",
};

export const identifyTask: Operation<IdentifyTaskQuery, IdentifyTaskQueryVariables> = {
  name: 'IdentifyTask',
  text: "query IdentifyTask($uuid:UUID!){task(taskId:$uuid){...TaskIdentity}}fragment TaskIdentity on TaskData{uuid experiment{...ExperimentIdentity}extensionName actionName parameters{key{...ParameterFacts}value}createdBy receivedAt}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}fragment ParameterFacts on ExtensionParameterType{name displayName description dataType defaultValue options}",
};

export const findTasks: Operation<FindTasksQuery, FindTasksQueryVariables> = {
  name: 'FindTasks',
  text: "query FindTasks($limit:Int!$offset:Int!$filters:TasksFilterInput){tasks(limit:$limit offset:$offset filters:$filters){tasksData{...TaskIdentity}}}fragment TaskIdentity on TaskData{uuid experiment{...ExperimentIdentity}extensionName actionName parameters{key{...ParameterFacts}value}createdBy receivedAt}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}fragment ParameterFacts on ExtensionParameterType{name displayName description dataType defaultValue options}",
};

export const fetchTask: Operation<FetchTaskQuery, FetchTaskQueryVariables> = {
  name: 'FetchTask',
  text: "query FetchTask($uuid:UUID!){task(taskId:$uuid){...TaskFacts}}fragment TaskFacts on TaskData{...TaskIdentity taskStatus startedAt endedAt resultCode stdOut stdErr inputs{eid experimentUuid name size sha256 given readAt}outputs{eid experimentUuid name size sha256 uploadedAt}environment{script extensionHash interpreter packages serverVersion}rerunOf{uuid}viewerCanCancel}fragment TaskIdentity on TaskData{uuid experiment{...ExperimentIdentity}extensionName actionName parameters{key{...ParameterFacts}value}createdBy receivedAt}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}fragment ParameterFacts on ExtensionParameterType{name displayName description dataType defaultValue options}",
};

export const readTaskStatus: Operation<ReadTaskStatusQuery, ReadTaskStatusQueryVariables> = {
  name: 'ReadTaskStatus',
  text: "query ReadTaskStatus($uuid:UUID!){task(taskId:$uuid){taskStatus}}",
};

export const readResultCode: Operation<ReadResultCodeQuery, ReadResultCodeQueryVariables> = {
  name: 'ReadResultCode',
  text: "query ReadResultCode($uuid:UUID!){task(taskId:$uuid){resultCode}}",
};

export const readEndedAt: Operation<ReadEndedAtQuery, ReadEndedAtQueryVariables> = {
  name: 'ReadEndedAt',
  text: "query ReadEndedAt($uuid:UUID!){task(taskId:$uuid){endedAt}}",
};

export const readStdOut: Operation<ReadStdOutQuery, ReadStdOutQueryVariables> = {
  name: 'ReadStdOut',
  text: "query ReadStdOut($uuid:UUID!){task(taskId:$uuid){stdOut}}",
};

export const readStdErr: Operation<ReadStdErrQuery, ReadStdErrQueryVariables> = {
  name: 'ReadStdErr',
  text: "query ReadStdErr($uuid:UUID!){task(taskId:$uuid){stdErr}}",
};

export const readTaskOutput: Operation<ReadTaskOutputQuery, ReadTaskOutputQueryVariables> = {
  name: 'ReadTaskOutput',
  text: "query ReadTaskOutput($uuid:UUID!$after:Int!){task(taskId:$uuid){taskStatus output(after:$after){...ChunkFacts}}}fragment ChunkFacts on TaskOutputChunk{sequence stream text writtenAt}",
};

export const cancelTask: Operation<CancelTaskMutation, CancelTaskMutationVariables> = {
  name: 'CancelTask',
  text: "mutation CancelTask($uuid:UUID!){cancelTask(cancelTaskInput:{taskId:$uuid}){uuid}}",
};

export const rerunTask: Operation<RerunTaskMutation, RerunTaskMutationVariables> = {
  name: 'RerunTask',
  text: "mutation RerunTask($uuid:UUID!$overrides:[[String!]!]!){rerunTask(taskId:$uuid overrides:$overrides){...TaskIdentity}}fragment TaskIdentity on TaskData{uuid experiment{...ExperimentIdentity}extensionName actionName parameters{key{...ParameterFacts}value}createdBy receivedAt}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}fragment ParameterFacts on ExtensionParameterType{name displayName description dataType defaultValue options}",
};

export const taskUpdated: Operation<TaskUpdatedSubscription, TaskUpdatedSubscriptionVariables> = {
  name: 'TaskUpdated',
  text: "subscription TaskUpdated($uuid:UUID!){taskUpdated(taskId:$uuid){...TaskFacts}}fragment TaskFacts on TaskData{...TaskIdentity taskStatus startedAt endedAt resultCode stdOut stdErr inputs{eid experimentUuid name size sha256 given readAt}outputs{eid experimentUuid name size sha256 uploadedAt}environment{script extensionHash interpreter packages serverVersion}rerunOf{uuid}viewerCanCancel}fragment TaskIdentity on TaskData{uuid experiment{...ExperimentIdentity}extensionName actionName parameters{key{...ParameterFacts}value}createdBy receivedAt}fragment ExperimentIdentity on ExperimentData{uuid eid createdAt}fragment ParameterFacts on ExtensionParameterType{name displayName description dataType defaultValue options}",
};

export const taskOutput: Operation<TaskOutputSubscription, TaskOutputSubscriptionVariables> = {
  name: 'TaskOutput',
  text: "subscription TaskOutput($uuid:UUID!$after:Int!){taskOutput(taskId:$uuid after:$after){...ChunkFacts}}fragment ChunkFacts on TaskOutputChunk{sequence stream text writtenAt}",
};