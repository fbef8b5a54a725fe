import type { FileHandle } from 'node:fs/promises';

/** Closes a file that was read, or written and synced: nobody has to wait for that, nor to know when it fails. */
export function closeBehind(handle: FileHandle): void {
  handle.close().catch(() => undefined);
}
