import { expect, onTestFinished, test, vi } from 'vitest';
import { createLogger } from './create-logger.ts';

test('what a client sends steers no terminal, and makes no line of its own', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => written.mockRestore());
  const log = createLogger({ logLevel: 'info', logFormat: 'text' });
  log.info({ file: '\x1b]0;title\x07' }, 'no answer for the host "\x9b2J\n13:37:00 info  forged"');
  expect(written.mock.calls.map(([line]) => String(line).slice(9))).toEqual([
    'info  no answer for the host "\\u{9b}2J\\u{a}13:37:00 info  forged" (file: \\u{1b}]0;title\\u{7})\n',
  ]);
});
