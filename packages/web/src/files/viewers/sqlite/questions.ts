import type { FileLocation } from '../read-range.ts';

/** A table of a database, or what can be read like one. */
export interface TableName {
  readonly name: string;
  readonly kind: 'table' | 'view' | 'runs';
  /** What people call it, where it is not its name. */
  readonly label?: string;
}

/** What is in a database. */
export interface Overview {
  readonly tables: readonly TableName[];
  /** What is not as it should be, in words. */
  readonly note: string | undefined;
}

/** Where a page of rows begins. */
export type From =
  /** The first or last rows, or those by whose id one finds them. */
  | { readonly kind: 'first' }
  | { readonly kind: 'last' }
  | { readonly kind: 'at' | 'before'; readonly id: string }
  /** So many rows on, where rows have no ids. */
  | { readonly kind: 'offset'; readonly offset: number };

/** Some rows of a table. */
export interface Rows {
  readonly columns: readonly { readonly name: string; readonly isNumeric: boolean }[];
  readonly cells: readonly (readonly string[])[];
  /** Of each row the id, or its place from 1 where it has none. */
  readonly ids: readonly string[];
  readonly hasIds: boolean;
  /** The row after the last of these. */
  readonly next: From | undefined;
  readonly previous: From | undefined;
  /** Of the last row of all. */
  readonly lastId: string | undefined;
}

/** What the page asks the worker that reads the database. */
export type Question =
  | { readonly ask: 'overview' }
  | { readonly ask: 'rows'; readonly table: TableName; readonly from: From };

/** What is sent to the worker, and what it answers. */
export interface Asked {
  readonly file: FileLocation;
  readonly question: Question;
}
export type Answered =
  | { readonly answer: Overview | Rows }
  | { readonly failure: string; readonly isOfFile: boolean };
