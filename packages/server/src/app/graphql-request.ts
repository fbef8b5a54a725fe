import type { FastifyRequest } from 'fastify';
import { textOf } from '../platform/http/text-of.ts';

/** What is asked of GraphQL. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Record<string, unknown> | undefined;
  readonly operationName: string | undefined;
}

/** Reads what is asked from the body of a POST, or the address of a GET; a text says why it is no request. */
export function readGraphqlRequest(request: FastifyRequest): GraphqlRequest | string {
  return request.method === 'POST'
    ? readBody(request.headers['content-type'], request.body)
    : readQueryString(request.query as Record<string, unknown>);
}

function readBody(contentType: string | undefined, bytes: unknown): GraphqlRequest | string {
  if (!/^application\/json *(;|$)/i.test(contentType ?? '')) return 'Unsupported content type';
  let body: unknown;
  try {
    body = JSON.parse(bytes instanceof Uint8Array ? textOf(bytes) : '');
  } catch {
    return 'Unable to parse request body as JSON';
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return 'The request must be one JSON object with a query; lists of queries are not taken.';
  }
  const { query, variables, operationName } = body as Record<string, unknown>;
  return readRequest(query, variables, operationName);
}

function readQueryString(parameters: Record<string, unknown>): GraphqlRequest | string {
  let variables: unknown;
  try {
    const { variables: text } = parameters;
    // Some clients send the name of what they do not have.
    variables = typeof text === 'string' && text !== '' ? JSON.parse(text) : undefined;
  } catch {
    return 'The variables in the address are no JSON.';
  }
  return readRequest(parameters.query, variables, parameters.operationName);
}

function readRequest(query: unknown, variables: unknown, operationName: unknown): GraphqlRequest | string {
  if (query === undefined || query === null || query === '') return 'No GraphQL query found in the request';
  if (typeof query !== 'string') return 'The query must be a text.';
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) {
    return 'The variables must be a JSON object.';
  }
  if (operationName != null && typeof operationName !== 'string') return 'The operationName must be a text.';
  return {
    query,
    variables: (variables as Record<string, unknown> | null) ?? undefined,
    operationName: operationName || undefined,
  };
}
