import { platform } from '#platform';
import { type Connection, plainAnswer, readText } from '../connection.ts';
import { Failure } from '../errors/failure.ts';
import { failureOfBadAnswer } from '../errors/failure-of-answer.ts';
import { dataOf, graphqlRequest } from '../graphql-over-http.ts';
import type { Operation } from '../operation.ts';
import { readEvents } from './read-events.ts';

/** Seconds: while there is nothing to tell, the server sends comments far more often than that. */
export const STREAM_PATIENCE = 30;

let open = 0;

/**
 * What a subscription gives, over server-sent events: the "distinct connections mode" of the GraphQL over SSE protocol,
 * in which each event `next` is a result and `complete` is the end. Gives nothing where as many are open as may be.
 *
 * @throws Failure with the code `CONNECTION_LOST` if the stream ends without saying that it is complete.
 */
export async function* subscribe<Data, Variables>(
  connection: Connection,
  operation: Operation<Data, Variables>,
  variables: Variables,
  signal: AbortSignal | undefined,
): AsyncGenerator<Data, void, undefined> {
  if (open === platform.mostStreams) return;
  open += 1;
  try {
    yield* results(connection, operation, variables, signal);
  } finally {
    open -= 1;
  }
}

async function* results<Data, Variables>(
  connection: Connection,
  operation: Operation<Data, Variables>,
  variables: Variables,
  signal: AbortSignal | undefined,
): AsyncGenerator<Data, void, undefined> {
  const { chunks, ...answer } = await connection.open({
    ...graphqlRequest(operation, variables, { Accept: 'text/event-stream' }),
    patience: Math.max(connection.timeout, STREAM_PATIENCE),
    signal,
  });
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    const whole = plainAnswer(answer, await readText(chunks));
    // Errors of the operation are the server's word; a result is not what was asked for.
    dataOf(operation, whole);
    throw failureOfBadAnswer(whole);
  }
  for await (const { event, data } of readEvents(chunks)) {
    if (event === 'complete') return;
    if (event === 'next') yield dataOf(operation, plainAnswer(answer, data));
  }
  throw new Failure('CONNECTION_LOST', 'The connection broke off in the middle of the answer.');
}
