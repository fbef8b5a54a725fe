import { lstat } from 'node:fs/promises';

/** What lies under a name right now, told from whatever else gets this name later; undefined where there is nothing. */
export async function entryAt(path: string): Promise<string | undefined> {
  const found = await lstat(path, { bigint: true }).catch(() => undefined);
  // A disk gives the numbers of removed files to new ones.
  return found && `${found.dev} ${found.ino} ${found.birthtimeNs}`;
}

/** Whether a listed name is not there because its bytes are no UTF-8, and so were listed as something else. */
export function isNotUtf8(name: string, entry: string | undefined): boolean {
  return entry === undefined && name.includes('\ufffd');
}
