import { restPaths } from '@aqueduct/contract';
import type { Request } from './connection.ts';
import {
  failureOfBadAnswer,
  failureOfGraphqlErrors,
  type PlainAnswer,
  parseObject,
} from './errors/failure-of-answer.ts';
import type { Operation } from './operation.ts';

/** The request that runs an operation. */
export function graphqlRequest<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  headers: Readonly<Record<string, string>>,
): Request {
  return {
    method: 'POST',
    path: restPaths.graphql,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query: operation.text, operationName: operation.name, variables }),
  };
}

/** The data of an answer of GraphQL. Errors in it are a {@link Failure}, also where some data came. */
export function dataOf<Data>(answer: PlainAnswer): Data {
  const body = parseObject(answer.text);
  if (Array.isArray(body?.errors) && body.errors.length > 0)
    throw failureOfGraphqlErrors(body.errors, answer);
  if (typeof body?.data !== 'object' || body.data === null) throw failureOfBadAnswer(answer);
  return body.data as Data;
}
