import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import { createHandler } from 'graphql-sse';
import type { Context } from '../access/context.ts';
import { AS_IT_COMES } from './as-it-comes.ts';
import { limitVariables, parseWithinLimits } from './document-limits.ts';
import { presentGraphqlErrors } from './present-graphql-errors.ts';
import { logOf } from './request-log.ts';

interface StreamContext {
  readonly ctx: Context;
}

const EVENT_STREAM = 'text/event-stream';

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
  const handler = createHandler<FastifyRequest, undefined, StreamContext & Record<PropertyKey, unknown>>({
    schema,
    // No reserved streams: every subscription has a connection of its own.
    authenticate: () => null,
    onSubscribe: ({ raw }, { query, variables, operationName }) => {
      try {
        limitVariables(variables);
        const { document } = parseWithinLimits(query);
        if (getOperationAST(document, operationName)?.operation !== 'subscription') {
          throw new GraphQLError('Only a subscription is answered with a stream of events.');
        }
        const ctx = contextOf(raw);
        ctx.budget.begin();
        return {
          schema,
          document,
          operationName: operationName ?? null,
          variableValues: variables ?? {},
          contextValue: { ctx },
        };
      } catch (error) {
        if (error instanceof GraphQLError) return { data: null, errors: [error] };
        throw error;
      }
    },
    // What was refused before its start has no context.
    onNext: (context: StreamContext | undefined, { raw }, { data, errors }) => {
      const refusal = context?.ctx.budget.refusal;
      context?.ctx.budget.begin();
      const failures = refusal ? [new GraphQLError('', { originalError: refusal })] : errors;
      return (
        failures && {
          data: refusal ? null : (data as Record<string, unknown> | null),
          errors: presentGraphqlErrors(failures, raw) as readonly unknown[] as GraphQLError[],
        }
      );
    },
  });
  // A server that stops waits for no end of a measurement.
  app.addHook('preClose', (done) => {
    for (const stream of open) stream.destroy();
    done();
  });

  return async (request, reply) => {
    const [body, { status, headers }] = await handler({
      method: request.method,
      url: request.url,
      headers: { get: (name) => (name === 'accept' ? EVENT_STREAM : headerOf(request, name)) },
      body: () => String(request.body),
      raw: request,
      context: undefined,
    });
    reply.code(status).headers({ ...headers, ...AS_IT_COMES });
    if (body === null || typeof body === 'string') return reply.send(body ?? '');
    const stream = Readable.from(body, { objectMode: false });
    open.add(stream);
    stream.once('close', () => open.delete(stream));
    // Who has read the last event may leave without a word.
    stream.on('error', (err) => logOf(request).debug({ err }, 'a stream of events broke off'));
    return reply.send(stream);
  };
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
