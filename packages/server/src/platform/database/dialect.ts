import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** The few places where the engines differ. */
export interface Dialect {
  /** Whether a column's value is among those of a list parameter. SQLite takes the list as JSON. */
  isAmong(column: string, values: readonly (string | number)[]): RawBuilder<SqlBool>;
  /** The numbers of a list parameter as a table with one column, `value`. */
  numbers(values: readonly number[]): RawBuilder<unknown>;
  /** Whether a text column contains a text, found without any index. */
  contains(column: string, needle: string): RawBuilder<SqlBool>;
  /**
   * The bytes of a column in all rows of a group that meet a condition, in the order of another column; null for no rows.
   * Those that another thread has read are no `Buffer`.
   */
  joinBytes(column: string, order: string, condition: RawBuilder<unknown>): RawBuilder<Uint8Array | null>;
  /** A join that keeps the order of its tables: SQLite's planner is told, PostgreSQL's knows. */
  readonly orderedJoin: RawBuilder<unknown>;
  /** Where the full-text index stands in a `from`; null where the index belongs to the table itself. */
  readonly searchTable: RawBuilder<unknown> | null;
  /** Whether an experiment `e` (or a row `s` of the search table) matches a needle of {@link searchNeedle}. */
  matches(needle: string): RawBuilder<SqlBool>;
}

export const dialects: Record<'sqlite' | 'postgres', Dialect> = {
  sqlite: {
    isAmong: (column, values) => sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${values}))`,
    numbers: (values) => sql`json_each(${values})`,
    contains: (column, needle) => sql<SqlBool>`instr(${sql.ref(column)}, ${needle}) > 0`,
    // As texts, which are bytes too: none is looked at, also a NUL.
    joinBytes: (column, order, condition) =>
      sql`cast(group_concat(${sql.ref(column)}, '' order by ${sql.ref(order)}) filter (where ${condition}) as blob)`,
    orderedJoin: sql`cross join`,
    searchTable: sql`experiment_search s`,
    matches: (needle) => sql<SqlBool>`experiment_search match ${needle}`,
  },
  postgres: {
    isAmong: (column, values) => sql<SqlBool>`${sql.ref(column)} = any(${values})`,
    numbers: (values) => sql`unnest(cast(${values} as bigint[])) as number (value)`,
    contains: (column, needle) => sql<SqlBool>`strpos(${sql.ref(column)}, ${needle}) > 0`,
    joinBytes: (column, order, condition) =>
      sql`string_agg(${sql.ref(column)}, ''::bytea order by ${sql.ref(order)}) filter (where ${condition})`,
    orderedJoin: sql`join`,
    searchTable: null,
    matches: (needle) => sql<SqlBool>`e.search_text like ${needle}`,
  },
};

/** A folded text as the engine's index looks for it, all its characters plain. */
export function searchNeedle(engine: 'sqlite' | 'postgres', folded: string, archived: 0 | 1): string {
  if (engine === 'postgres') return `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
  return `{${archived ? 'archived' : 'live'}} : "${folded.replaceAll('"', '""')}"`;
}
