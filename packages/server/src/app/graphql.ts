import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionResult, GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { Context } from '../access/context.ts';
import { experimentResolvers } from '../experiments/experiment.resolvers.ts';
import { extensionResolvers } from '../extensions/extension.resolvers.ts';
import { fileResolvers } from '../files/file.resolvers.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { type ErrorCode, errorCodes } from '../platform/errors/error-codes.ts';
import { takeAnyContentType } from '../platform/http/take-any-content-type.ts';
import { taskResolvers } from '../tasks/task.resolvers.ts';
import { answerWaiting } from './answer-waiting.ts';
import { AS_IT_COMES } from './as-it-comes.ts';
import { schemaOf } from './build-schema.ts';
import { limitVariables } from './document-limits.ts';
import { eventStreams, wantsEventStream } from './event-stream.ts';
import { GraphqlDocuments } from './graphql-documents.ts';
import { type GraphqlRequest, readGraphqlRequest } from './graphql-request.ts';
import { PAGE_HEADERS } from './html-page.ts';
import { graphiqlPage } from './pages.ts';
import { presentGraphqlErrors } from './present-graphql-errors.ts';
import { scalars } from './scalars.ts';

/** Its blocking form answers when the action has ended. */
const WAITING_FIELD = 'executeExtension';
const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers GraphQL at `/api/graphql`, as the contract says: 200 for all that is GraphQL, 400 in plain text else. */
export async function graphqlRoutes(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => Context,
  basePath: string,
): Promise<void> {
  const schema = schemaOf([scalars, experimentResolvers, fileResolvers, extensionResolvers, taskResolvers]);
  const documents = new GraphqlDocuments(schema);
  takeAnyContentType(app, 'text');

  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: GraphqlRequest,
  ): Promise<string> => {
    const ctx = contextOf(request);
    ctx.budget.begin();
    const { query, variables, operationName } = asked;
    try {
      limitVariables(variables);
      const operation = documents.operation(query, operationName);
      if (!operation.node && operationName !== undefined)
        return refuse(reply, `Unknown operation named "${operationName}".`);
      if (operation.node?.operation === 'mutation' && request.method !== 'POST') {
        return refuse(reply, 'mutations are not allowed when using GET');
      }
      if (operation.node?.operation === 'subscription') {
        throw new AqueductError(
          'BAD_INPUT',
          'A subscription is answered with a stream of events. Ask for it with "Accept: text/event-stream".',
        );
      }
      ctx.idempotency?.describeInput('graphql', hashOf(asked));
      const result = await documents.run(operation, { ctx }, variables ?? {});
      if (ctx.budget.refusal) throw ctx.budget.refusal;
      return present(request, reply, result, changesSeveral(operation.node));
    } catch (error) {
      return present(request, reply, { data: null, errors: errorsOf(error) });
    }
  };

  const stream = eventStreams(app, schema, contextOf);

  app.post('/api/graphql', async (request, reply) => {
    if (wantsEventStream(request)) return stream(request, reply);
    const asked = readGraphqlRequest(request);
    if (typeof asked === 'string') return refuse(reply, asked);
    const answered = answer(request, reply, asked);
    if (!asked.query.includes(WAITING_FIELD)) return answered;
    const waiting = await answerWaiting(answered);
    // Its type is known where it came soon: a refusal is plain text.
    if (typeof waiting !== 'string') reply.type(JSON_TYPE).headers(AS_IT_COMES);
    return reply.send(waiting);
  });
  app.get('/api/graphql', { exposeHeadRoute: false }, (request, reply) => {
    if (wantsEventStream(request)) return stream(request, reply);
    const parameters = request.query as Record<string, unknown>;
    if (parameters.query === undefined && request.headers.accept?.includes('text/html')) {
      return reply.headers(PAGE_HEADERS).send(graphiqlPage(basePath));
    }
    const asked = readGraphqlRequest(request);
    return typeof asked === 'string' ? refuse(reply, asked) : answer(request, reply, asked);
  });
}

/** Whether some of it may have been done where the rest has failed. */
function changesSeveral(node: OperationDefinitionNode | null | undefined): boolean {
  return node?.operation === 'mutation' && node.selectionSet.selections.length > 1;
}

/**
 * Failures that speak of the whole request where nothing in it was answered or done; all others are 200. The Python client
 * reads its ForbiddenError from the status.
 */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['FORBIDDEN', 'KEY_REUSED', 'UNAVAILABLE', 'DISK_FULL']);

function present(
  request: FastifyRequest,
  reply: FastifyReply,
  { data, errors }: ExecutionResult,
  isOfSeveral = false,
): string {
  reply.type(JSON_TYPE);
  if (!errors) return textOf({ data });
  const presented = presentGraphqlErrors(errors, request);
  const nothing = !isOfSeveral && (data == null || Object.values(data).every((value) => value === null));
  const [first] = presented;
  const code = first?.extensions?.code as ErrorCode | undefined;
  if (nothing && code && REFUSALS.has(code) && presented.every((error) => error.extensions?.code === code)) {
    reply.code(errorCodes[code]);
    if (code === 'UNAVAILABLE') reply.header('retry-after', '2');
  }
  return textOf({ data: data ?? null, errors: presented });
}

function textOf(answer: object): string {
  try {
    return JSON.stringify(answer);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    // V8 makes no text of more than half a billion characters.
    throw new AqueductError('TOO_LARGE', 'The answer is too long. Ask for fewer or shorter fields at once.', {
      cause,
    });
  }
}

/** Errors before execution: of syntax and validation, several in one. */
function errorsOf(error: unknown): GraphQLError[] {
  if (error instanceof Error && 'errors' in error && Array.isArray(error.errors)) {
    return error.errors as GraphQLError[];
  }
  if (error instanceof GraphQLError) return [error];
  return [new GraphQLError('', { originalError: error instanceof Error ? error : new Error(String(error)) })];
}

function refuse(reply: FastifyReply, message: string): string {
  reply.code(400).type('text/plain; charset=utf-8');
  return message;
}

function hashOf(asked: GraphqlRequest): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}
