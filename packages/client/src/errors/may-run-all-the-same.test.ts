import { expect, test } from 'vitest';
import { Failure } from './failure.ts';
import { mayRunAllTheSame } from './may-run-all-the-same.ts';

const refused = new TypeError('fetch failed', {
  cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
});

test.each([
  ['a line that broke', new Failure('CONNECTION_LOST', 'It broke.'), true],
  ['silence', new Failure('TIMEOUT', 'Nothing came.'), true],
  [
    'a browser that tells nothing',
    new Failure('UNREACHABLE', 'No.', { cause: new TypeError('Failed to fetch') }),
    true,
  ],
  ['nobody there', new Failure('UNREACHABLE', 'No.', { cause: refused }), false],
  ['a refusal', new Failure('BAD_INPUT', 'No.'), false],
  ['what is no failure', new Error('No.'), false],
])('of %s', (_, error, isSaid) => {
  const thrown = expect(() => mayRunAllTheSame(error));
  if (isSaid) thrown.toThrow(`${error.message} The action may run all the same`);
  else thrown.toThrow(error);
});
