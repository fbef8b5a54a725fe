import { Connection, type Operation } from '@aqueduct/client/protocol';
import { AttemptKeys } from './attempt-keys.ts';
import { serverAddress } from './base.ts';
import { isUnreachable } from './is-unreachable.ts';
import { noteAnswer, noteSilence } from './reachability.ts';

/** Seconds. Long lists of a busy server may take a while; a person waits no longer. */
const TIMEOUT = 15;

/** The server that this page came from. */
export const connection = new Connection({
  url: new URL(`${serverAddress}/`),
  timeout: TIMEOUT,
  token: undefined,
});

/**
 * Runs an operation of a room's `operations.graphql` and returns its data.
 *
 * @param signal - ends the request: TanStack Query gives one to each of its functions.
 * @throws Failure whose message is a sentence for people; `facts.code` is for programs.
 */
export async function ask<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  idempotencyKey?: string,
): Promise<Data> {
  try {
    const data = await connection.graphql(operation, variables, { signal, idempotencyKey });
    noteAnswer();
    return data;
  } catch (error) {
    if (isUnreachable(error)) noteSilence();
    throw error;
  }
}

const attempts = new AttemptKeys(Date.now);

/** Runs a mutation that must not be done twice: asked for again unchanged after a lost answer, it is done once. */
export async function askOnce<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const wish = JSON.stringify([operation.text, variables]);
  const data = await ask(operation, variables, undefined, attempts.keyOf(wish));
  attempts.settle(wish);
  return data;
}
