import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AqueductError } from './errors/aqueduct-error.ts';
import { codeOf } from './storage/code-of.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Identifies a data folder, also after it was moved; made with its first server.
 *
 * @throws AqueductError when it is there and can't be read: the tasks that wait here would wait for another one forever.
 */
export async function homeId(dataDir: string): Promise<string> {
  const path = join(dataDir, 'server.id');
  const known = (await read(path)).trim();
  // What a power cut leaves of it is none.
  if (UUID.test(known)) return known;
  const id = randomUUID();
  await writeFile(path, `${id}\n`, { flush: true });
  return id;
}

/** Empty where there is no such file. */
async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    const reason = error instanceof Error ? error.message : String(error);
    throw new AqueductError(
      'UNAVAILABLE',
      `The file ${path}, which identifies the data folder, can't be read: ${reason}. Nothing was changed. Try again.`,
      { cause: error },
    );
  }
}
