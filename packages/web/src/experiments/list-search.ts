import { ARCHIVED_TAG, FAVOURITE_TAG, limits } from '@aqueduct/client/protocol';
import { dayOf, endOfDay, startOfDay } from '../ui/local-days.ts';
import type { ExperimentFiltersInput, ExperimentOrder } from './generated/operations.ts';
import { spellingFault } from './tag-texts.ts';

/** Which experiments a page lists. */
export type Scope = 'all' | 'favourites' | 'archived';

/**
 * What the address of a list says, under the original's names. What is not said is left out, so that addresses stay
 * short.
 */
export interface ListSearch {
  title?: string | undefined;
  tags?: string[] | undefined;
  /** Ours: all of the tags instead of any. */
  match?: 'all' | undefined;
  /** Whole local days, `YYYY-MM-DD`; the original's bookmarks have moments. */
  startDate?: string | undefined;
  endDate?: string | undefined;
  /** Ours: names of users. */
  authors?: string[] | undefined;
  /** From 0. */
  page?: number | undefined;
  rowsPerPage?: number | undefined;
  /** Ours. */
  orderBy?: ExperimentOrder | undefined;
}

export const DEFAULT_ROWS = 25;
export const ROWS_CHOICES = [10, 25, 50, 100] as const;
/** So many authors the server takes in one filter. */
export const MOST_AUTHORS = limits.tagsInFilter;
/** What undoes all filters. */
export const NO_FILTERS: Partial<ListSearch> = {
  title: undefined,
  tags: undefined,
  match: undefined,
  startDate: undefined,
  endDate: undefined,
  authors: undefined,
};
/** The tag that all experiments of a scope have. */
const MARKS: Readonly<Record<Scope, readonly string[]>> = {
  all: [],
  favourites: [FAVOURITE_TAG],
  archived: [ARCHIVED_TAG],
};

const ORDERS: readonly string[] = [
  'CREATED_DESC',
  'CREATED_ASC',
  'UPDATED_DESC',
  'UPDATED_ASC',
  'TITLE_ASC',
  'TITLE_DESC',
] satisfies ExperimentOrder[];

/** So many tags the server takes in one filter; the mark of the scope is one of those that must be there. */
export function mostTags(scope: Scope, match: ListSearch['match']): number {
  return match === 'all' ? limits.requiredTagsInFilter - MARKS[scope].length : limits.tagsInFilter;
}

/** Reads an address; what it can't mean is left out, so that nothing stands there, or in a field, that does not count. */
export function parseListSearch(raw: Record<string, unknown>, scope: Scope): ListSearch {
  const match = raw.match === 'all' ? 'all' : undefined;
  const written = textsOf(raw.tags).filter((tag) => spellingFault(tag) === undefined);
  const tags = written.slice(0, mostTags(scope, match));
  const authors = textsOf(raw.authors).slice(0, MOST_AUTHORS);
  const page = numberOf(raw.page, 0, 10_000_000);
  const rowsPerPage = numberOf(raw.rowsPerPage, 1, 500);
  return {
    ...(typeof raw.title === 'string' && raw.title !== '' && { title: cutTitle(raw.title) }),
    ...(tags.length > 0 && { tags }),
    ...(match && { match }),
    ...(startOfDay(raw.startDate) && { startDate: String(raw.startDate) }),
    ...(startOfDay(raw.endDate) && { endDate: String(raw.endDate) }),
    ...(authors.length > 0 && { authors }),
    ...(page && { page }),
    ...(rowsPerPage && rowsPerPage !== DEFAULT_ROWS && { rowsPerPage }),
    ...(ORDERS.includes(String(raw.orderBy)) &&
      raw.orderBy !== 'CREATED_DESC' && { orderBy: raw.orderBy as ExperimentOrder }),
  };
}

/** Whether an address asks for less than all. */
export function isFiltered({ title, tags, startDate, endDate, authors }: ListSearch): boolean {
  return [title, tags, startDate, endDate, authors].some((filter) => filter !== undefined);
}

/** Whether a period ends before it begins: nothing is within. */
export function isBackwards({ startDate, endDate }: Pick<ListSearch, 'startDate' | 'endDate'>): boolean {
  return startDate !== undefined && endDate !== undefined && dayOf(startDate) > dayOf(endDate);
}

/** The variables of the list's query. */
export function listVariables(scope: Scope, search: ListSearch) {
  const limit = search.rowsPerPage ?? DEFAULT_ROWS;
  return {
    offset: (search.page ?? 0) * limit,
    limit,
    filters: filtersOf(scope, search),
    orderBy: search.orderBy ?? 'CREATED_DESC',
  } as const;
}

function filtersOf(scope: Scope, search: ListSearch): ExperimentFiltersInput {
  const { title, tags = [], match, startDate, endDate, authors } = search;
  const required = [...MARKS[scope], ...(match === 'all' ? tags : [])];
  // What was copied often brings blanks along.
  const text = title?.trim();
  return {
    ...(text && { title: text }),
    ...(tags.length > 0 && match !== 'all' && { tags }),
    ...(required.length > 0 && { shouldIncludeTags: required }),
    ...(startDate !== undefined && { startDate: startOfDay(startDate) }),
    ...(endDate !== undefined && { endDate: endOfDay(endDate) }),
    ...(authors !== undefined && { createdBy: authors }),
  };
}

/** By characters, as the server counts: half of an emoji it would refuse. */
function cutTitle(title: string): string {
  return [...title].slice(0, limits.titleFilterLength).join('');
}

/** A JSON list of texts; a text that is no list is one text. */
function textsOf(raw: unknown): string[] {
  if (typeof raw !== 'string' || raw === '') return Array.isArray(raw) ? raw.map(String).filter(Boolean) : [];
  try {
    const parsed: unknown = JSON.parse(raw);
    if (Array.isArray(parsed)) return parsed.map(String).filter(Boolean);
  } catch {
    // Then it is a text.
  }
  return [raw];
}

function numberOf(raw: unknown, least: number, most: number): number | undefined {
  const number = Number(raw);
  return raw !== '' && Number.isInteger(number) && number >= least && number <= most ? number : undefined;
}
