import { join } from 'node:path';
import type { Services } from '../access/context.ts';
import { metaValue } from '../platform/database/meta.queries.ts';

/** Under this key in `meta`; the migration 0006 wrote it where two files had one readable name. */
const MOVED = 'moved_readable_names';

/** A file that has another readable name now. */
interface MovedFile {
  /** `EID/name`, as it was before. */
  readonly path: string;
  /** Of the object that it had then. */
  readonly key: string;
}

/** Frees the names that a file had before an upgrade gave it another: they are those of other files alone. */
export async function clearMovedNames({ db, storage, config }: Services): Promise<void> {
  const note = await db.first(metaValue, { key: MOVED });
  if (!note) return;
  for (const { path, key } of JSON.parse(note.value) as MovedFile[]) {
    await storage.readable?.remove(join(config.experimentsDir, path), [key]);
  }
}
