import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  subscribe,
  validate,
} from 'graphql';
import type { Context } from '../access/context.ts';
import { AS_IT_COMES } from './as-it-comes.ts';
import { limitVariables, parseWithinLimits } from './document-limits.ts';
import { type GraphqlRequest, readGraphqlRequest } from './graphql-request.ts';
import { presentGraphqlErrors } from './present-graphql-errors.ts';
import { logOf } from './request-log.ts';
import { streamOfResults } from './stream-of-results.ts';

/** What resolvers of subscriptions work with. */
interface StreamContext {
  readonly ctx: Context;
  /** Aborts when nobody reads the results any more. */
  readonly left: AbortSignal;
}

const EVENT_STREAM = 'text/event-stream';

const HEADERS = {
  'content-type': `${EVENT_STREAM}; charset=utf-8`,
  'cache-control': 'no-cache',
  // Else some proxies gather events to compress them.
  'content-encoding': 'none',
  connection: 'keep-alive',
  ...AS_IT_COMES,
};

/** Whether a client asks for a stream of events. */
export function wantsEventStream({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes(EVENT_STREAM) ?? false;
}

/**
 * Answers subscriptions as GraphQL over server-sent events (distinct connections mode,
 * https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md).
 */
export function eventStreams(
  app: FastifyInstance,
  schema: GraphQLSchema,
  contextOf: (request: FastifyRequest) => Context,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const open = new Set<Readable>();
  // A server that stops waits for no end of a measurement.
  app.addHook('preClose', (done) => {
    for (const stream of open) stream.destroy();
    done();
  });

  return async (request, reply) => {
    const asked = readGraphqlRequest(request);
    if (typeof asked === 'string') return reply.code(400).type('text/plain; charset=utf-8').send(asked);
    const ctx = contextOf(request);
    const present = ({ data, errors }: ExecutionResult): object => {
      const { refusal } = ctx.budget;
      ctx.budget.begin();
      const failures = refusal ? [new GraphQLError('', { originalError: refusal })] : errors;
      if (!failures) return { data };
      return { data: refusal ? null : data, errors: presentGraphqlErrors(failures, request) };
    };
    const leaving = new AbortController();
    const stream = streamOfResults(await resultsOf(schema, asked, { ctx, left: leaving.signal }), present);
    open.add(stream);
    stream.once('close', () => {
      open.delete(stream);
      leaving.abort();
    });
    // Who has read the last event may leave without a word.
    stream.on('error', (err) => logOf(request).debug({ err }, 'a stream of events broke off'));
    return reply.headers(HEADERS).send(stream);
  };
}

/** What a subscription gives; only errors where it can't begin. */
async function resultsOf(
  schema: GraphQLSchema,
  { query, variables, operationName }: GraphqlRequest,
  context: StreamContext,
): Promise<AsyncGenerator<ExecutionResult, void, void>> {
  try {
    limitVariables(variables);
    const { document } = parseWithinLimits(query);
    if (getOperationAST(document, operationName)?.operation !== 'subscription') {
      throw new GraphQLError('Only a subscription is answered with a stream of events.');
    }
    const errors = validate(schema, document);
    if (errors.length > 0) return one({ errors });
    context.ctx.budget.begin();
    const results = await subscribe({
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context,
    });
    return Symbol.asyncIterator in results ? results : one(results);
  } catch (error) {
    if (error instanceof GraphQLError) return one({ data: null, errors: [error] });
    throw error;
  }
}

async function* one(result: ExecutionResult): AsyncGenerator<ExecutionResult, void, void> {
  yield result;
}
