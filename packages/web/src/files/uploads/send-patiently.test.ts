import { Failure } from '@aqueduct/client/protocol';
import { expect, test } from 'vitest';
import { sendPatiently } from './send-patiently.ts';

const BROKE_OFF = new Failure('CONNECTION_LOST', 'The connection broke off.');

/** Sends a file that fails in these ways before it arrives. */
async function send(...failures: readonly Error[]) {
  const left = [...failures];
  const tries = { sent: 0, waited: 0 };
  const patient = sendPatiently(
    async () => {
      tries.sent += 1;
      const failure = left.shift();
      if (failure) throw failure;
    },
    async () => void (tries.waited += 1),
  );
  const { signal } = new AbortController();
  const end = await patient('uuid', 'a.csv', new Blob(['a']), { signal, onProgress: () => undefined }).then(
    () => 'arrived',
    (error: unknown) => error,
  );
  return { end, ...tries };
}

test('a file whose connection broke off is sent again when the server is there', async () => {
  const away = new Failure('UNREACHABLE', 'Away.');
  const awayBehindProxy = new Failure('UNAVAILABLE', 'Bad gateway.', { status: 502 });
  expect(await send(BROKE_OFF, away, awayBehindProxy)).toEqual({ end: 'arrived', sent: 4, waited: 3 });
});

test('a file that breaks off again and again fails', async () => {
  expect(await send(...Array<Error>(20).fill(BROKE_OFF))).toEqual({ end: BROKE_OFF, sent: 6, waited: 5 });
});

test('a busy server is asked again when it says', async () => {
  const busy = new Failure('TOO_MANY_REQUESTS', 'Busy.', { retryAfter: 0 });
  expect(await send(busy)).toEqual({ end: 'arrived', sent: 2, waited: 0 });
});

const DATABASE_AWAY = new Failure('UNAVAILABLE', 'No database.', { status: 503, requestId: 'r-1' });

test.each([DATABASE_AWAY, new Failure('TOO_LARGE', 'Too large.'), new Error('The file can not be read.')])(
  'what the server refuses, or nobody can read, is not sent again: %s',
  async (error) => expect(await send(error)).toEqual({ end: error, sent: 1, waited: 0 }),
);
