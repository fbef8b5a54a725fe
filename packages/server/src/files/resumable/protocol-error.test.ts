import { ERRORS } from '@tus/utils';
import { expect, test } from 'vitest';
import { protocolError } from './protocol-error.ts';

test('a request that another one took over from is told to ask for the offset, whether a byte had come or not', () => {
  const { status_code: status, body: said } = ERRORS.ABORTED;
  const answer = { failure: ERRORS.ABORTED, status, said, announced: 1, maxBytes: 1 };
  expect(protocolError(answer)).toMatchObject({ code: 'CONFLICT' });
});
