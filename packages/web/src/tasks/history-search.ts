import { dayOf, endOfDay, startOfDay } from '../ui/local-days.ts';
import type { TaskStatus, TasksFilterInput } from './generated/operations.ts';
import { taskStates } from './task-state.tsx';

export const PAGE_SIZES = [25, 50, 100, 200] as const;

/** What the task history shows, as its address says it. */
export interface HistorySearch {
  readonly extension?: string | undefined;
  readonly action?: string | undefined;
  readonly user?: string | undefined;
  /** Any of these. */
  readonly state?: readonly TaskStatus[] | undefined;
  /** Whole days of the viewer's zone, `2025-03-01`; both belong to the period. */
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  /** UUID of the experiment that the tasks belong to. */
  readonly experiment?: string | undefined;
  /** From 0. */
  readonly page?: number | undefined;
  readonly rowsPerPage?: number | undefined;
  /** UUID of the task whose details are shown. */
  readonly task?: string | undefined;
}

/** Reads the address; what makes no sense there is left out. */
export function readHistorySearch(search: Readonly<Record<string, unknown>>): HistorySearch {
  const page = numberOf(search.page);
  const rowsPerPage = numberOf(search.rowsPerPage);
  return {
    extension: textOf(search.extension),
    action: textOf(search.action),
    user: textOf(search.user),
    state: statesOf(search.state),
    startDate: textOf(dayOf(textOf(search.startDate))),
    endDate: textOf(dayOf(textOf(search.endDate))),
    experiment: uuidOf(search.experiment),
    page: page === 0 ? undefined : page,
    rowsPerPage: PAGE_SIZES.some((size) => size === rowsPerPage) ? rowsPerPage : undefined,
    task: textOf(search.task),
  };
}

/** What to ask the server for. */
export function filtersOf(search: HistorySearch): TasksFilterInput {
  const { extension, action, user, state, startDate, endDate, experiment } = search;
  return {
    ...(extension !== undefined && { extensionName: extension }),
    ...(action !== undefined && { actionName: action }),
    ...(user !== undefined && { username: user }),
    ...(state !== undefined && { taskStatus: [...state] }),
    ...(startDate !== undefined && { startDate: startOfDay(startDate) }),
    ...(endDate !== undefined && { endDate: endOfDay(endDate) }),
    ...(experiment !== undefined && { experiment: { type: 'UUID' as const, value: experiment } }),
  };
}

/** What a change to no filter at all is. */
export const NO_FILTERS: HistorySearch = {
  extension: undefined,
  action: undefined,
  user: undefined,
  state: undefined,
  startDate: undefined,
  endDate: undefined,
  experiment: undefined,
};

/** Whether only some of all tasks are shown. */
export function isFiltered(search: HistorySearch): boolean {
  return Object.keys(filtersOf(search)).length > 0;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : undefined;
}

function uuidOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text : undefined;
}

/** A list in JSON, or a single one. */
function statesOf(value: unknown): readonly TaskStatus[] | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  let listed: unknown;
  try {
    listed = JSON.parse(text);
  } catch {
    listed = [text];
  }
  const states = Array.isArray(listed) ? listed.filter(isState) : [];
  return states.length > 0 ? states : undefined;
}

function isState(value: unknown): value is TaskStatus {
  // `in` would find `constructor`, too.
  return typeof value === 'string' && Object.hasOwn(taskStates, value);
}
