import { expect, test } from 'vitest';
import { parseUuid } from './uuid.ts';

const UUID = '0123abcd-4567-89ab-cdef-0123456789ab';

test.each([
  UUID,
  UUID.toUpperCase(),
  UUID.replaceAll('-', ''),
  `{${UUID}}`,
  `{{${UUID}`,
  `urn:uuid:${UUID}`,
  `uuid:{${UUID}}}`,
])('%s is a UUID', (text) => expect(parseUuid(text)).toBe(UUID));

test.each(['', '{}', UUID.slice(1), `${UUID}0`, `${UUID.slice(0, 8)}{}${UUID.slice(8)}`, ` ${UUID}`])(
  '"%s" is none',
  (text) => expect(parseUuid(text)).toBeUndefined(),
);

test.each(['}', '{', '-', '{}'])('a long text of %s takes a moment', (piece) => {
  const begin = performance.now();
  expect(parseUuid(`${piece.repeat(100_000)}x`)).toBeUndefined();
  expect(performance.now() - begin).toBeLessThan(1000);
});
