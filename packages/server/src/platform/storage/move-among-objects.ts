import { copyFile, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './code-of.ts';
import { FolderSync } from './folder-sync.ts';
import { PART_ID } from './local-parts.ts';
import { TEMPORARY } from './others-among-objects.ts';

/**
 * Earlier versions kept what comes in beside the objects, where it could not become one on another disk. Unfinished uploads
 * go on, half-written bytes go, and what people put there stays.
 *
 * @param parts - Where unfinished uploads lie now.
 */
export async function moveAmongObjects(dataDir: string, parts: string): Promise<void> {
  const [oldParts, oldIncoming] = [join(dataDir, 'parts'), join(dataDir, 'incoming')];
  for (const id of await namesIn(oldParts))
    if (PART_ID.test(id)) await move(join(oldParts, id), join(parts, id), parts);
  for (const name of await namesIn(oldIncoming))
    if (TEMPORARY.test(name)) await rm(join(oldIncoming, name), { force: true });
  for (const folder of [oldParts, oldIncoming]) await rmdir(folder).catch(() => undefined);
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
}

async function move(from: string, to: string, folder: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // A command beside a start may have moved it.
    if (codeOf(error) === 'ENOENT') return;
    if (codeOf(error) !== 'EXDEV') throw error;
    await copyFile(from, to);
    const copy = await open(to, 'r');
    await copy.sync().finally(() => copy.close());
    await new FolderSync(0).sync(folder);
    await rm(from, { force: true });
  }
}
