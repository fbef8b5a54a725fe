import { expect, test } from 'vitest';
import { parseNodeManifest } from './node-manifest.ts';

test('a byte order mark before a package.json is no fault, as for npm', () => {
  const text = '{"dependencies": {"left-pad": "1.3.0"}}';
  expect(parseNodeManifest(`\ufeff${text}`)).toEqual(parseNodeManifest(text));
});
