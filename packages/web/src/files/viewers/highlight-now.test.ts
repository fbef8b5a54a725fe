import { expect, test } from 'vitest';
import { highlightNow } from './highlight-now.ts';

test('a language that is not known has no colours, whatever a notebook calls it', async () => {
  expect(await highlightNow('x = 1', 'python')).toMatchObject({ type: 'root' });
  for (const language of [undefined, 'klingon', 'constructor', '__proto__'])
    expect(await highlightNow('x = 1', language)).toBeUndefined();
});
