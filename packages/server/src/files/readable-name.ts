import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { limits } from '@aqueduct/contract';

/** A name as a disk that ignores case and Unicode forms compares it. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Names that every disk takes: encrypted ones have the lowest bound, eCryptfs this one. */
const SHORT_BYTES = 143;

/** The names under which a file may be shown, the best first: others where its own is taken, or too long for the disk. */
export function shownNames(readableName: string): string[] {
  const encoded = encodedName(readableName);
  const names = [readableName, encoded];
  if (Buffer.byteLength(encoded) > SHORT_BYTES) names.push(encodedName(readableName, 1, SHORT_BYTES));
  return names;
}

/**
 * Another name for a file whose own is taken in the readable folder: `A.txt` becomes `A~3f2a91bc.txt`.
 *
 * @param attempt - Counts from 1; each gives a name of its own, for where those before are taken, too.
 */
export function encodedName(name: string, attempt = 1, mostBytes: number = limits.fileNameBytes): string {
  // No name has a slash.
  const hash = createHash('sha256').update(attempt === 1 ? name : `${name}/${attempt}`);
  const mark = `~${hash.digest('hex').slice(0, 8)}`;
  const ending = extname(name).length <= 16 ? extname(name) : '';
  let stem = ending === '' ? name : name.slice(0, -ending.length);
  while (Buffer.byteLength(stem + mark + ending) > mostBytes) stem = [...stem].slice(0, -1).join('');
  return stem + mark + ending;
}
