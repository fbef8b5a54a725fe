import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Context } from '../access/context.ts';
import { experimentResolvers } from '../experiments/experiment.resolvers.ts';
import { extensionResolvers } from '../extensions/extension.resolvers.ts';
import { fileResolvers } from '../files/file.resolvers.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { type ErrorCode, errorCodes } from '../platform/errors/error-codes.ts';
import { countReadBody, limitHeldBodies } from '../platform/http/held-bodies.ts';
import { takeAnyContentType } from '../platform/http/take-any-content-type.ts';
import { turnOf } from '../platform/http/turn-of.ts';
import { taskResolvers } from '../tasks/task.resolvers.ts';
import { acceptedForms } from './accepted-forms.ts';
import { answerWaiting } from './answer-waiting.ts';
import { AS_IT_COMES } from './as-it-comes.ts';
import { schemaOf } from './build-schema.ts';
import { limitVariables } from './document-limits.ts';
import { EventStreams } from './event-stream.ts';
import { GraphqlDocuments, type Operation } from './graphql-documents.ts';
import { type GraphqlRequest, readGraphqlRequest } from './graphql-request.ts';
import { PAGE_HEADERS } from './html-page.ts';
import { graphiqlPage } from './pages.ts';
import { presentGraphqlErrors } from './present-graphql-errors.ts';
import { fieldNames, RootFields } from './root-fields.ts';
import { scalars } from './scalars.ts';
import { UnsentAnswers } from './unsent-answers.ts';

/** Its blocking form answers when the action has ended. */
const WAITING_FIELD = 'executeExtension';
const JSON_TYPE = 'application/json; charset=utf-8';

/** An answer in JSON. */
interface Answer {
  readonly text: string;
  /** What kept all of it from being answered or done, where that is to be seen from the status. */
  readonly refusal?: ErrorCode;
}

/** Answers GraphQL at `/api/graphql`, as the contract says: 200 for all that is GraphQL, 400 in plain text else. */
export async function graphqlRoutes(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => Context,
  basePath: string,
): Promise<void> {
  const schema = schemaOf([scalars, experimentResolvers, fileResolvers, extensionResolvers, taskResolvers]);
  RootFields.noteIn(schema);
  const documents = new GraphqlDocuments(schema);
  const streams = new EventStreams(app, schema);
  takeAnyContentType(app, 'bytes');
  app.addHook('onRequest', limitHeldBodies);
  app.addHook('preHandler', countReadBody);

  const unsent = new UnsentAnswers();

  const run = async (reply: FastifyReply, ctx: Context, asked: GraphqlRequest, operation: Operation) => {
    ctx.budget.begin();
    ctx.idempotency?.describeInput('graphql', hashOf(asked));
    const roots = new RootFields();
    const result = await documents.run(operation, { ctx, roots }, asked.variables ?? {});
    if (ctx.budget.refusal) throw ctx.budget.refusal;
    const answer = present(reply.request, result, operation, roots);
    unsent.add(reply.raw, answer.text, operation.node?.operation === 'mutation');
    return answer;
  };

  const respond = async (request: FastifyRequest, reply: FastifyReply): Promise<string | FastifyReply> => {
    await turnOf(reply);
    const asked = readGraphqlRequest(request);
    if (typeof asked === 'string') return refuse(reply, asked);
    const ctx = contextOf(request);
    const accepted = acceptedForms(request.headers.accept);
    const failed = (error: unknown) => present(request, { data: null, errors: errorsOf(error) });
    let answered: Promise<Answer>;
    try {
      limitVariables(asked.variables);
      const operation = documents.operation(asked.query, asked.operationName);
      const kind = operation.node?.operation;
      if (!operation.node && asked.operationName !== undefined)
        return refuse(reply, `Unknown operation named "${asked.operationName}".`);
      if (kind === 'mutation' && request.method !== 'POST')
        return refuse(reply, 'mutations are not allowed when using GET');
      if (operation.faults.length > 0) throw new AggregateError(operation.faults);
      if (kind === 'subscription') {
        const { document } = operation;
        if (accepted.events) return streams.subscription(request, reply, ctx, { ...asked, document });
        throw new AqueductError(
          'BAD_INPUT',
          'A subscription is answered with a stream of events. Ask for it with "Accept: text/event-stream".',
        );
      }
      answered = run(reply, ctx, asked, operation).catch(failed);
    } catch (error) {
      answered = Promise.resolve(failed(error));
    }
    if (!accepted.others)
      return streams.single(
        request,
        reply,
        answered.then(({ text }) => text),
      );
    const text = answered.then((answer) => tell(reply, answer));
    if (!asked.query.includes(WAITING_FIELD)) return text;
    const waiting = await answerWaiting(text);
    // Too late for a status.
    if (typeof waiting !== 'string') reply.type(JSON_TYPE).headers(AS_IT_COMES);
    return reply.send(waiting);
  };

  app.post('/api/graphql', respond);
  app.get('/api/graphql', { exposeHeadRoute: false }, (request, reply) => {
    const parameters = request.query as Record<string, unknown>;
    if (parameters.query === undefined && request.headers.accept?.includes('text/html')) {
      return reply.headers(PAGE_HEADERS).send(graphiqlPage(basePath));
    }
    return respond(request, reply);
  });
}

/**
 * Failures that speak of the whole request where nothing in it was answered or done; all others are 200. The Python client
 * reads its ForbiddenError from the status.
 */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['FORBIDDEN', 'KEY_REUSED', 'UNAVAILABLE', 'DISK_FULL']);

function present(
  request: FastifyRequest,
  { data, errors }: ExecutionResult,
  operation?: Operation,
  roots?: RootFields,
): Answer {
  if (!errors) return { text: textOf({ data }) };
  const presented = presentGraphqlErrors(errors, request);
  const text = textOf({ data: data ?? null, errors: presented });
  const nothing = data == null || Object.values(data).every((value) => value === null);
  const refusal = presented[0]?.extensions?.code as ErrorCode | undefined;
  const isOfAll =
    refusal === 'FORBIDDEN' ? operation && roots?.areForbidden(operation) : !changesSeveral(operation);
  const isSame = presented.every((error) => error.extensions?.code === refusal);
  return refusal && REFUSALS.has(refusal) && nothing && isSame && isOfAll ? { text, refusal } : { text };
}

/** Whether some of it may have been done where the rest has failed. */
function changesSeveral(operation: Operation | undefined): boolean {
  if (operation?.node?.operation !== 'mutation') return false;
  return [...fieldNames(operation.node.selectionSet, operation.document)].length > 1;
}

function tell(reply: FastifyReply, { text, refusal }: Answer): string {
  reply.type(JSON_TYPE);
  if (refusal) reply.code(errorCodes[refusal]);
  if (refusal === 'UNAVAILABLE') reply.header('retry-after', '2');
  return text;
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
