import { expect, test } from 'vitest';
import { Failure } from './failure.ts';
import { failureOfAnswer } from './failure-of-answer.ts';
import { mayRunAllTheSame } from './may-run-all-the-same.ts';

const refused = new TypeError('fetch failed', {
  cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
});

/** As a proxy answers, with a page of its own. */
const answered = (status: number) =>
  failureOfAnswer({ status, text: '<html>', url: 'http://localhost/api/graphql', header: () => null });

test.each([
  ['a line that broke', new Failure('CONNECTION_LOST', 'It broke.'), true],
  ['silence', new Failure('TIMEOUT', 'Nothing came.'), true],
  [
    'a browser that tells nothing',
    new Failure('UNREACHABLE', 'No.', { cause: new TypeError('Failed to fetch') }),
    true,
  ],
  ['a proxy whose server broke off', answered(502), true],
  ['a proxy whose server was silent', answered(504), true],
  ['a server that is overloaded', answered(503), false],
  ['nobody there', new Failure('UNREACHABLE', 'No.', { cause: refused }), false],
  ['a refusal', new Failure('BAD_INPUT', 'No.'), false],
  ['what is no failure', new Error('No.'), false],
])('of %s', (_, error, isSaid) => {
  const thrown = expect(() => mayRunAllTheSame(error));
  if (isSaid) thrown.toThrow(`${error.message} The action may run all the same`);
  else thrown.toThrow(error);
});
