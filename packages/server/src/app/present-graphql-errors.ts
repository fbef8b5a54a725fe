import type { FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { logFailure } from '../platform/logging/log-failure.ts';
import { logOf } from './request-log.ts';

/**
 * The errors of an answer as clients see them: our sentences with their codes, and the number under which the log has
 * the request; never what is inside. Those of fields come in the order of the fields, whichever of them failed first.
 */
export function presentGraphqlErrors(
  errors: readonly GraphQLError[],
  request: FastifyRequest,
): GraphQLFormattedError[] {
  const requestId = request.id;
  return errors
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((error) => {
      const { locations, path } = error;
      const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
      const cause = causeOf(error);
      if (cause === undefined) {
        return {
          message: error.message,
          ...place,
          extensions: { code: 'BAD_INPUT', ...error.extensions, requestId },
        };
      }
      const known = asAqueductError(cause);
      logFailure(logOf(request), known);
      return { message: known.message, ...place, extensions: { code: known.code, requestId } };
    });
}

const MOST_COLUMNS = 2 ** 20;

/** Where in the document the field is; 0 of errors of the query itself, which stay as they come. */
function placeOf({ path, locations }: GraphQLError): number {
  const [first] = locations ?? [];
  return path && first ? first.line * MOST_COLUMNS + first.column : 0;
}

/** What a resolver threw; undefined for errors of the query itself. */
function causeOf(error: GraphQLError): unknown {
  if (error instanceof AqueductError) return error;
  const original = error.originalError;
  if (original instanceof GraphQLError) return causeOf(original);
  if (original) return original;
  // graphql-jit passes on what was thrown with message and place, but of no class of GraphQL's.
  return error instanceof GraphQLError ? undefined : error;
}
