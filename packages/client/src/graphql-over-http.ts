import { restPaths } from '@aqueduct/contract';
import type { Request } from './connection.ts';
import {
  failureOfAnswer,
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
export function dataOf<Data, Variables>(operation: Operation<Data, Variables>, answer: PlainAnswer): Data {
  const { status } = answer;
  // That there is no such experiment is told with 200: here the address is wrong, also where an Aqueduct says so.
  if (status === 404 || status === 405) throw failureOfBadAnswer(answer);
  if (status < 200 || status > 299) throw failureOfAnswer(answer);
  const body = parseObject(answer.text);
  if (Array.isArray(body?.errors) && body.errors.length > 0)
    throw failureOfGraphqlErrors(body.errors, answer);
  const data = body?.data;
  if (typeof data !== 'object' || data === null) throw failureOfBadAnswer(answer);
  const field = firstFieldOf(operation.text);
  // It is an object, a list or null, whatever is asked for.
  if (field !== undefined && typeof (data as Record<string, unknown>)[field] !== 'object')
    throw failureOfBadAnswer(answer);
  return data as Data;
}

/** What an operation asks for first: `task` of "query ReadTask($uuid: UUID!) { task(taskId: $uuid) { … } }". */
function firstFieldOf(text: string): string | undefined {
  return /^[^{(]*(?:\([^)]*\))?[^{]*\{\s*(\w+)/.exec(text)?.[1];
}
