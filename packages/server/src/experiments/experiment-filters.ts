import { ARCHIVED_TAG, limits } from '@aqueduct/contract';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { foldText } from '../platform/fold-text.ts';
import { requireTag, requireTitle, tagKey } from './experiment-rules.ts';

/** Totals are kept by their filters, so these must not be of any length. No user has a longer name. */
const AUTHOR = /^\P{Cc}{0,64}$/u;

/** How a list of experiments is sorted. */
export type ExperimentOrder =
  | 'CREATED_DESC'
  | 'CREATED_ASC'
  | 'UPDATED_DESC'
  | 'UPDATED_ASC'
  | 'TITLE_ASC'
  | 'TITLE_DESC';

/** Filters as they come from outside; null is the same as nothing. */
export interface FiltersInput {
  title?: string | null;
  tags?: readonly string[] | null;
  shouldIncludeTags?: readonly string[] | null;
  /** Microseconds since 1970. */
  startDate?: number | null;
  endDate?: number | null;
  createdBy?: readonly string[] | null;
}

/** Filters after all checks. */
export interface ExperimentFilters {
  readonly archived: 0 | 1;
  /** Folded; empty asks for nothing. */
  readonly text: string;
  /** Keys of tags, any of which must be there; undefined asks for nothing, an empty list too. */
  readonly anyTag: readonly string[];
  /** Keys of tags that must all be there. */
  readonly allTags: readonly string[];
  /** Inclusive bounds of the creation, microseconds since 1970. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly authors: readonly string[];
}

/** Checks the filters of a list. Archived experiments are asked for by their tag among `shouldIncludeTags`, only. */
export function parseFilters(input: FiltersInput): ExperimentFilters {
  const title = input.title ?? '';
  requireTitle(title, limits.titleFilterLength);
  const any = input.tags ?? [];
  const all = input.shouldIncludeTags ?? [];
  requireFew('tags', any.length, limits.tagsInFilter);
  requireFew('shouldIncludeTags', all.length, limits.requiredTagsInFilter);
  for (const tag of [...any, ...all]) requireTag(tag);
  const authors = input.createdBy ?? [];
  requireFew('createdBy', authors.length, limits.tagsInFilter);
  authors.forEach(requireAuthor);

  const allKeys = new Set(all.map(tagKey));
  const archived = allKeys.delete(ARCHIVED_TAG) ? 1 : 0;
  const anyKeys = new Set(any.map(tagKey));
  return {
    archived,
    text: foldText(title),
    anyTag: [...anyKeys].toSorted(),
    allTags: [...allKeys].toSorted(),
    start: input.startDate ?? undefined,
    end: input.endDate ?? undefined,
    authors: [...new Set(authors)].toSorted(),
  };
}

function requireAuthor(name: string): void {
  if (AUTHOR.test(name)) return;
  throw new AqueductError(
    'BAD_INPUT',
    'Names in createdBy have at most 64 characters and no control characters.',
  );
}

function requireFew(field: string, count: number, most: number): void {
  if (count > most) {
    throw new AqueductError(
      'BAD_INPUT',
      `Maximum allowed number of ${field} in a filter is ${most}; ${count} given.`,
    );
  }
}
