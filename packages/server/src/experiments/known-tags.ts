import { LRUCache } from 'lru-cache';
import type { Database, Transaction } from '../platform/database/database.ts';
import { tagsByKey } from './tag.queries.ts';

/** A tag that there is. */
interface KnownTag {
  readonly id: number;
  /** As it was spelled first. */
  readonly name: string;
}

const MOST_KNOWN = 10_000;

const caches = new WeakMap<Database, LRUCache<string, KnownTag>>();

/**
 * Those of these tags that there are, by key. They are kept in memory, which is never wrong: no tag is removed or
 * spelled anew.
 */
export async function knownTags(
  db: Database,
  tx: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KnownTag>> {
  const cache = cacheOf(db);
  const known = new Map<string, KnownTag>();
  for (const key of keys) {
    const tag = cache.get(key);
    if (tag) known.set(key, tag);
  }
  if (known.size === keys.length) return known;
  const rows = await tx.all(tagsByKey, { keys: keys.filter((key) => !known.has(key)) });
  for (const { key, id, name } of rows) known.set(key, { id, name });
  // Some may have been made by this transaction.
  tx.afterCommit(() => {
    for (const { key, id, name } of rows) cache.set(key, { id, name });
  });
  return known;
}

function cacheOf(db: Database): LRUCache<string, KnownTag> {
  let cache = caches.get(db);
  if (!cache) caches.set(db, (cache = new LRUCache({ max: MOST_KNOWN })));
  return cache;
}
