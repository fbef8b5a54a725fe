import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Identifies a data folder, also after it was moved; made with its first server. */
export async function homeId(dataDir: string): Promise<string> {
  const path = join(dataDir, 'server.id');
  const known = await readFile(path, 'utf8').catch(() => '');
  if (known.trim() !== '') return known.trim();
  const id = randomUUID();
  await writeFile(path, `${id}\n`, { flush: true });
  return id;
}
