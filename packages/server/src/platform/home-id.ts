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
  const known = await knownHomeId(dataDir);
  if (known !== undefined) return known;
  const id = randomUUID();
  await writeFile(pathIn(dataDir), `${id}\n`, { flush: true });
  return id;
}

/** The same where it was made already; nothing is made here. */
export async function knownHomeId(dataDir: string): Promise<string | undefined> {
  const known = (await read(pathIn(dataDir))).trim();
  // What a power cut leaves of it is none.
  return UUID.test(known) ? known : undefined;
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'server.id');
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
