import { expect, test } from 'vitest';
import { mediaTypeOf } from './media-type.ts';

test.each([
  ['a.py', 'text/x-python'],
  ['A.CSV', 'text/csv'],
  ['a.c', 'text/plain'],
  ['a.WAV', 'audio/x-wav'],
  ['a.tgz', 'application/gzip'],
  ['a.roff', 'application/x-troff'],
  ['nothing', 'application/octet-stream'],
  // Every object has these.
  ['a.constructor', 'application/octet-stream'],
  ['a.__proto__', 'application/octet-stream'],
  ['a.toString', 'application/octet-stream'],
])('%s is %s', (name, type) => {
  expect(mediaTypeOf(name)).toBe(type);
});
