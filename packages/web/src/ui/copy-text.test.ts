import { afterEach, expect, test, vi } from 'vitest';
import { copyText } from './copy-text.ts';

afterEach(() => vi.unstubAllGlobals());

/** A page as far as copying needs one. */
function stubPage(doesCopy: boolean) {
  const field = { value: '', style: {}, select: vi.fn(), remove: vi.fn() };
  const execCommand = vi.fn(() => doesCopy);
  vi.stubGlobal('HTMLElement', class {});
  vi.stubGlobal('document', {
    activeElement: null,
    body: { append: vi.fn() },
    createElement: () => field,
    execCommand,
  });
  return { field, execCommand };
}

test('copies by the usual way where it is there', async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  await copyText('20250301-1');
  expect(writeText).toHaveBeenCalledWith('20250301-1');
});

test.each([
  ['is missing', {}],
  ['is forbidden', { clipboard: { writeText: () => Promise.reject(new Error('not allowed')) } }],
])('copies from a field where it %s', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator);
  const { field, execCommand } = stubPage(true);
  await copyText('20250301-1');
  expect(field.value).toBe('20250301-1');
  expect(execCommand).toHaveBeenCalledWith('copy');
  expect(field.remove).toHaveBeenCalled();
});

test('fails where that does not copy either', async () => {
  vi.stubGlobal('navigator', {});
  stubPage(false);
  await expect(copyText('x')).rejects.toThrow('does not let pages copy');
});
