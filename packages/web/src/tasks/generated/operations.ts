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

export type TaskRowFragment = { uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, startedAt: string | null, endedAt: string | null, taskStatus: TaskStatus, resultCode: number | null, experiment: { uuid: string, eid: string, title: string } };

export type FindTasksQueryVariables = Exact<{
  limit: number;
  offset: number;
  filters?: TasksFilterInput | null | undefined;
}>;


export type FindTasksQuery = { tasks: { tasksData: Array<{ uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, startedAt: string | null, endedAt: string | null, taskStatus: TaskStatus, resultCode: number | null, experiment: { uuid: string, eid: string, title: string } }> } };

export type CountTasksQueryVariables = Exact<{
  filters?: TasksFilterInput | null | undefined;
}>;


export type CountTasksQuery = { tasks: { totalTasksCount: number } };

export type ReadTaskQueryVariables = Exact<{
  uuid: string;
}>;


export type ReadTaskQuery = { task: { viewerCanCancel: boolean, uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, startedAt: string | null, endedAt: string | null, taskStatus: TaskStatus, resultCode: number | null, experiment: { viewerCanEdit: boolean, uuid: string, eid: string, title: string }, parameters: Array<{ value: string | null, key: { name: string, displayName: string | null, dataType: string } }>, inputs: Array<{ eid: string, name: string, size: number, sha256: string, given: boolean, readAt: string | null }>, outputs: Array<{ eid: string, name: string, size: number, sha256: string, uploadedAt: string }>, environment: { script: string, extensionHash: string | null, interpreter: string | null, packages: Array<string>, serverVersion: string }, rerunOf: { uuid: string } | null } | null };

export type ReadTaskOutputQueryVariables = Exact<{
  uuid: string;
  after: number;
}>;


export type ReadTaskOutputQuery = { task: { taskStatus: TaskStatus, output: Array<{ sequence: number, stream: TaskStream, text: string }> } | null };

export type ChunkFragment = { sequence: number, stream: TaskStream, text: string };

export type TaskChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type TaskChangesSubscription = { taskUpdated: { uuid: string, extensionName: string, actionName: string, createdBy: string, receivedAt: string, startedAt: string | null, endedAt: string | null, taskStatus: TaskStatus, resultCode: number | null, experiment: { uuid: string, eid: string, title: string } } };

export type TaskOutputSubscriptionVariables = Exact<{
  uuid: string;
  after: number;
}>;


export type TaskOutputSubscription = { taskOutput: { sequence: number, stream: TaskStream, text: string } };

export type CancelTaskMutationVariables = Exact<{
  uuid: string;
}>;


export type CancelTaskMutation = { cancelTask: { uuid: string, taskStatus: TaskStatus } };

export const findTasks: Operation<FindTasksQuery, FindTasksQueryVariables> = {
  name: 'FindTasks',
  text: "query FindTasks($limit:Int!$offset:Int!$filters:TasksFilterInput){tasks(limit:$limit offset:$offset filters:$filters){tasksData{...TaskRow}}}fragment TaskRow on TaskData{uuid experiment{uuid eid title}extensionName actionName createdBy receivedAt startedAt endedAt taskStatus resultCode}",
};

export const countTasks: Operation<CountTasksQuery, CountTasksQueryVariables> = {
  name: 'CountTasks',
  text: "query CountTasks($filters:TasksFilterInput){tasks(limit:0 offset:0 filters:$filters){totalTasksCount}}",
};

export const readTask: Operation<ReadTaskQuery, ReadTaskQueryVariables> = {
  name: 'ReadTask',
  text: "query ReadTask($uuid:UUID!){task(taskId:$uuid){...TaskRow experiment{viewerCanEdit}viewerCanCancel parameters{key{name displayName dataType}value}inputs{eid name size sha256 given readAt}outputs{eid name size sha256 uploadedAt}environment{script extensionHash interpreter packages serverVersion}rerunOf{uuid}}}fragment TaskRow on TaskData{uuid experiment{uuid eid title}extensionName actionName createdBy receivedAt startedAt endedAt taskStatus resultCode}",
};

export const readTaskOutput: Operation<ReadTaskOutputQuery, ReadTaskOutputQueryVariables> = {
  name: 'ReadTaskOutput',
  text: "query ReadTaskOutput($uuid:UUID!$after:Int!){task(taskId:$uuid){taskStatus output(after:$after){...Chunk}}}fragment Chunk on TaskOutputChunk{sequence stream text}",
};

export const taskChanges: Operation<TaskChangesSubscription, TaskChangesSubscriptionVariables> = {
  name: 'TaskChanges',
  text: "subscription TaskChanges{taskUpdated{...TaskRow}}fragment TaskRow on TaskData{uuid experiment{uuid eid title}extensionName actionName createdBy receivedAt startedAt endedAt taskStatus resultCode}",
};

export const taskOutput: Operation<TaskOutputSubscription, TaskOutputSubscriptionVariables> = {
  name: 'TaskOutput',
  text: "subscription TaskOutput($uuid:UUID!$after:Int!){taskOutput(taskId:$uuid after:$after){...Chunk}}fragment Chunk on TaskOutputChunk{sequence stream text}",
};

export const cancelTask: Operation<CancelTaskMutation, CancelTaskMutationVariables> = {
  name: 'CancelTask',
  text: "mutation CancelTask($uuid:UUID!){cancelTask(cancelTaskInput:{taskId:$uuid}){uuid taskStatus}}",
};