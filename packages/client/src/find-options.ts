import { checkInteger, checkText, checkTexts, show } from './check-arguments.ts';
import { InvalidArgumentError } from './errors/errors.ts';
import type { ExperimentFiltersInput } from './generated/operations.ts';
import type { RequestOptions } from './progress.ts';

/** What experiments to look for; all that is given must hold. */
export interface ExperimentFilters {
  /** A part of the title or of the EID, without regard to case; at most 64 characters. */
  readonly search?: string | undefined;
  /** Any of these tags, without regard to case; at most 10. */
  readonly tags?: readonly string[] | undefined;
  /**
   * Not created before this moment. A text is any ISO 8601 moment, UTC where it has no offset, and keeps its
   * microseconds.
   */
  readonly startDatetime?: Date | string | undefined;
  /** Not created after this moment; a `Date` stands for the whole of its millisecond. */
  readonly endDatetime?: Date | string | undefined;
}

/** Options of `API.findExperiments`. */
export interface FindOptions extends ExperimentFilters, RequestOptions {
  /** How many at most, 1 to 500; 10 if not given. */
  readonly limit?: number | undefined;
  /** How many to leave out from the newest on; 0 if not given. */
  readonly offset?: number | undefined;
}

/** Options of `API.experiments`. */
export interface AllOptions extends ExperimentFilters, RequestOptions {
  /** How many are asked for in one request, 1 to 500; 100 if not given. */
  readonly pageSize?: number | undefined;
}

export function checkPage(limit: number, offset: number): void {
  checkInteger('limit', limit, 1);
  checkInteger('offset', offset, 0);
}

export function filtersOf({
  search,
  tags,
  startDatetime,
  endDatetime,
}: ExperimentFilters): ExperimentFiltersInput {
  if (search !== undefined) checkText('search', search);
  if (tags !== undefined) checkTexts('tags', tags);
  return { title: search, tags: tags && [...tags], ...boundsOf({ startDatetime, endDatetime }) };
}

/** The bounds of a filter as the server takes them. */
export function boundsOf({
  startDatetime,
  endDatetime,
}: Pick<ExperimentFilters, 'startDatetime' | 'endDatetime'>) {
  return {
    startDate: startDatetime === undefined ? undefined : momentOf('startDatetime', startDatetime, '000'),
    endDate: endDatetime === undefined ? undefined : momentOf('endDatetime', endDatetime, '999'),
  };
}

/** A Date knows no microseconds: the bound must not cut off the millisecond that it names. */
function momentOf(name: string, moment: Date | string, microseconds: '000' | '999'): string {
  if (typeof moment === 'string' && moment !== '') return moment;
  if (!(moment instanceof Date) || Number.isNaN(moment.getTime())) {
    throw new InvalidArgumentError(`${name} must be a valid Date or an ISO 8601 text, not ${show(moment)}.`);
  }
  return moment.toISOString().replace('Z', `${microseconds}+00:00`);
}
