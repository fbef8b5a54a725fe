// Made from operations.graphql and the schema by `npm run generate`; do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from '@aqueduct/client/protocol';
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

export type ListExtensionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ListExtensionsQuery = { extensions: Array<{ name: string, description: string | null, authors: string, actions: Array<{ name: string, displayName: string | null, description: string | null, experimentVariableName: string | null, parameters: Array<{ name: string, displayName: string | null, description: string | null, dataType: string, defaultValue: string | null, options: Array<string> | null }> }> }>, extensionProblems: Array<{ folder: string, message: string }> };

export type ExperimentByEidQueryVariables = Exact<{
  eid: string;
}>;


export type ExperimentByEidQuery = { experiment: { uuid: string, eid: string, title: string, files: Array<{ name: string }> } | null };

export type SubmitTaskMutationVariables = Exact<{
  input: ExecuteExtensionInput;
}>;


export type SubmitTaskMutation = { executeExtension: { uuid: string } };

export type RerunTaskMutationVariables = Exact<{
  uuid: string;
  overrides?: Array<Array<string> | string> | Array<string> | string | null | undefined;
}>;


export type RerunTaskMutation = { rerunTask: { uuid: string } };

export const listExtensions: Operation<ListExtensionsQuery, ListExtensionsQueryVariables> = {
  name: 'ListExtensions',
  text: "query ListExtensions{extensions{name description authors actions{name displayName description experimentVariableName parameters{name displayName description dataType defaultValue options}}}extensionProblems{folder message}}",
};

export const experimentByEid: Operation<ExperimentByEidQuery, ExperimentByEidQueryVariables> = {
  name: 'ExperimentByEid',
  text: "query ExperimentByEid($eid:String!){experiment(experimentIdentifier:{type:EID value:$eid}){uuid eid title files{name}}}",
};

export const submitTask: Operation<SubmitTaskMutation, SubmitTaskMutationVariables> = {
  name: 'SubmitTask',
  text: "mutation SubmitTask($input:ExecuteExtensionInput!){executeExtension(executeExtensionInput:$input){uuid}}",
};

export const rerunTask: Operation<RerunTaskMutation, RerunTaskMutationVariables> = {
  name: 'RerunTask',
  text: "mutation RerunTask($uuid:UUID!$overrides:[[String!]!]){rerunTask(taskId:$uuid overrides:$overrides){uuid}}",
};