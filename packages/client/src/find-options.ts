import { checkInteger, checkText, checkTexts, show } from './check-arguments.ts';
import type { OptionChecks } from './check-options.ts';
import { InvalidArgumentError } from './errors/errors.ts';
import type { ExperimentFiltersInput } from './generated/operations.ts';
import { type RequestOptions, requestOptions } from './progress.ts';

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

export const timeOptions = { startDatetime: checkMoment, endDatetime: checkMoment };
export const pageOptions = { limit: checkInteger(1), offset: checkInteger(0) };
const filterOptions = { search: checkText, tags: checkTexts, ...timeOptions };
export const findOptions: OptionChecks<FindOptions> = { ...filterOptions, ...pageOptions, ...requestOptions };
export const allOptions: OptionChecks<AllOptions> = {
  ...filterOptions,
  pageSize: checkInteger(1),
  ...requestOptions,
};

export function filtersOf({
  search,
  tags,
  startDatetime,
  endDatetime,
}: ExperimentFilters): ExperimentFiltersInput {
  return { title: search, tags: tags && [...tags], ...boundsOf({ startDatetime, endDatetime }) };
}

/** The bounds of a filter as the server takes them. */
export function boundsOf({
  startDatetime,
  endDatetime,
}: Pick<ExperimentFilters, 'startDatetime' | 'endDatetime'>) {
  return {
    startDate: startDatetime && momentOf(startDatetime, '000'),
    endDate: endDatetime && momentOf(endDatetime, '999'),
  };
}

function checkMoment(name: string, moment: unknown): void {
  const isValid =
    moment instanceof Date ? !Number.isNaN(moment.getTime()) : typeof moment === 'string' && moment !== '';
  if (isValid) return;
  throw new InvalidArgumentError(`${name} must be a valid Date or an ISO 8601 text, not ${show(moment)}.`);
}

/** A Date knows no microseconds: the bound must not cut off the millisecond that it names. */
function momentOf(moment: Date | string, microseconds: '000' | '999'): string {
  return typeof moment === 'string' ? moment : moment.toISOString().replace('Z', `${microseconds}+00:00`);
}
