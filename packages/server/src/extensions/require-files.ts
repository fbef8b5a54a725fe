import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';

/**
 * Makes sure that what is to be read of an extension are files, or links to some, as far as they are there: reading a
 * named pipe would wait for a writer for ever, and hold a thread of the server meanwhile.
 *
 * @throws AqueductError `BAD_INPUT`, with the name of what is no file
 */
export function requireFiles(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    if (!stats || stats.isFile()) continue;
    throw new AqueductError(
      'BAD_INPUT',
      `${name} of this extension must be a file, but is ${kindOf(stats)}.`,
    );
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
