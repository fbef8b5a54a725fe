import { codeOf } from '../platform/storage/code-of.ts';
import { hashOf } from '../platform/storage/hash-of.ts';
import type { Storage } from '../platform/storage/storage.ts';
import type { Bytes } from './finding.ts';

/** What became of the bytes of a row. */
export type ObjectState =
  | { readonly is: 'intact' }
  | { readonly is: 'missing' }
  | { readonly is: 'changed'; readonly found: Bytes }
  | { readonly is: 'unreadable'; readonly reason: string };

/** What a row says of its bytes. */
export interface RecordedBytes {
  readonly object_key: string;
  readonly size: number;
  readonly sha256: string;
}

interface InspectOptions {
  /** Compares the size only. */
  readonly isQuick?: boolean;
  readonly onBytes?: (count: number) => void;
}

/** Compares an object with its row. Objects are immutable: what is wrong once stays wrong, while the row names them. */
export async function inspectObject(
  storage: Storage,
  { object_key: key, size, sha256 }: RecordedBytes,
  { isQuick = false, onBytes }: InspectOptions = {},
): Promise<ObjectState> {
  try {
    const found = isQuick ? await sizeOnly(storage, key) : await hashOf(await storage.open(key), onBytes);
    if (found === undefined) return { is: 'missing' };
    const isSame = found.size === size && (found.sha256 === undefined || found.sha256 === sha256);
    return isSame ? { is: 'intact' } : { is: 'changed', found };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    if (codeOf(cause) === 'ENOENT') return { is: 'missing' };
    return { is: 'unreadable', reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

async function sizeOnly(storage: Storage, key: string): Promise<Bytes | undefined> {
  const size = await storage.sizeOf(key);
  return size === undefined ? undefined : { size };
}
