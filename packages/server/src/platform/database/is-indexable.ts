import { sql } from 'kysely';
import type { Executor } from './database.ts';
import { query } from './query.ts';

/** Of a text that is shorter SQLite's index knows nothing. */
const SHORTEST_NEEDLE = 3;

/**
 * PostgreSQL's index knows letters and digits, with a gap for all that is between words. Where a text has no three of them,
 * it gives all rows to look at; with one letter and gaps, nearly all. Whatever is not ASCII is a letter or a gap.
 */
const ASCII_TRIGRAM = /[a-z0-9]{3}|[a-z0-9]{2}[^a-z0-9]|[^a-z0-9][a-z0-9]{2}/;
const TRIGRAM_OF_LETTERS = /[\p{L}\p{Nd}]{3}/u;

/** Not so in a database with `LC_CTYPE=C`. */
const otherLetters = query()<{ known: boolean }>(
  () => sql`select public.show_trgm(${'δδδ'}) <> '{}' as known`,
);

/** Whether the full-text index helps to find a folded text. Otherwise all texts are to be looked at. */
export async function isIndexable(db: Executor, folded: string): Promise<boolean> {
  if (folded.includes('\0')) return false;
  if (db.engine === 'sqlite') return [...folded].length >= SHORTEST_NEEDLE;
  if (ASCII_TRIGRAM.test(folded)) return true;
  return TRIGRAM_OF_LETTERS.test(folded) && ((await db.first(otherLetters, {}))?.known ?? false);
}
