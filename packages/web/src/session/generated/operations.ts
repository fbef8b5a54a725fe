// Made from operations.graphql and the schema by `npm run generate`; do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from '@aqueduct/client/protocol';
export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { getCurrentUserInfo: { username: string, scopes: Array<string> } };

export const whoAmI: Operation<WhoAmIQuery, WhoAmIQueryVariables> = {
  name: 'WhoAmI',
  text: "query WhoAmI{getCurrentUserInfo{username scopes}}",
};