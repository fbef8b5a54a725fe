import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type DocumentNode, GraphQLError, type GraphQLSchema, subscribe } from 'graphql';
import type { Context } from '../access/context.ts';
import { AS_IT_COMES } from './as-it-comes.ts';
import type { GraphqlRequest } from './graphql-request.ts';
import { presentGraphqlErrors } from './present-graphql-errors.ts';
import { logOf } from './request-log.ts';
import { streamOfResults } from './stream-of-results.ts';

/** What resolvers of subscriptions work with. */
interface StreamContext {
  readonly ctx: Context;
  /** Aborts when nobody reads the results any more. */
  readonly left: AbortSignal;
}

/** One that was found to be valid. */
interface Subscription extends GraphqlRequest {
  readonly document: DocumentNode;
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  // Else some proxies gather events to compress them.
  'content-encoding': 'none',
  connection: 'keep-alive',
  ...AS_IT_COMES,
};

/**
 * Answers as GraphQL over server-sent events (distinct connections mode,
 * https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md).
 */
export class EventStreams {
  readonly #schema: GraphQLSchema;
  readonly #open = new Set<Readable>();

  constructor(app: FastifyInstance, schema: GraphQLSchema) {
    this.#schema = schema;
    // A server that stops waits for no end of a measurement.
    app.addHook('preClose', (done) => {
      for (const stream of this.#open) stream.destroy();
      done();
    });
  }

  /** Answers a valid subscription with all that it gives; with its errors where it can't begin. */
  async subscription(
    request: FastifyRequest,
    reply: FastifyReply,
    ctx: Context,
    { document, variables, operationName }: Subscription,
  ): Promise<FastifyReply> {
    const leaving = new AbortController();
    const contextValue: StreamContext = { ctx, left: leaving.signal };
    ctx.budget.begin();
    const given = await subscribe({
      schema: this.#schema,
      document,
      operationName,
      variableValues: variables,
      contextValue,
    });
    const results = Symbol.asyncIterator in given ? given : one(Promise.resolve(given));
    const stream = streamOfResults(results, ({ data, errors }) => {
      const { refusal } = ctx.budget;
      ctx.budget.begin();
      const failures = refusal ? [new GraphQLError('', { originalError: refusal })] : errors;
      if (!failures) return JSON.stringify({ data });
      return JSON.stringify({ data: refusal ? null : data, errors: presentGraphqlErrors(failures, request) });
    });
    this.#open.add(stream);
    stream.once('close', () => {
      this.#open.delete(stream);
      leaving.abort();
    });
    return send(request, reply, stream);
  }

  /** Answers anything else where nothing but events is taken: with a single one, when the text for it is there. */
  single(request: FastifyRequest, reply: FastifyReply, answer: Promise<string>): FastifyReply {
    return send(
      request,
      reply,
      streamOfResults(one(answer), (text) => text),
    );
  }
}

function send(request: FastifyRequest, reply: FastifyReply, stream: Readable): FastifyReply {
  // Who has read the last event may leave without a word.
  stream.on('error', (err) => logOf(request).debug({ err }, 'a stream of events broke off'));
  return reply.headers(HEADERS).send(stream);
}

async function* one<Result>(result: Promise<Result>): AsyncGenerator<Result, void, void> {
  yield await result;
}
