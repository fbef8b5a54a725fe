import { IconCalendar } from '@tabler/icons-react';
import { FilterButton } from '../ui/filter-button.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import { dayOf } from '../ui/local-days.ts';
import type { ListSearch } from './list-search.ts';

const Fields = lazyPart(async () => (await import('./date-filter-fields.tsx')).DateFilterFields);

/** Days of the viewer's calendar, both within the period. */
export type Period = Pick<ListSearch, 'startDate' | 'endDate'>;

export interface DateFilterProps {
  readonly search: Period;
  readonly onChange: (change: Period) => void;
}

/** Filters by whole days of the viewer's calendar. */
export function DateFilter(props: DateFilterProps) {
  const { startDate, endDate } = props.search;
  return (
    <FilterButton
      icon={IconCalendar}
      label="Date"
      value={describe(dayOf(startDate), dayOf(endDate))}
      preload={Fields.preload}
    >
      <Fields {...props} />
    </FilterButton>
  );
}

function describe(start: string, end: string): string | undefined {
  if (!start && !end) return undefined;
  if (start === end) return start;
  if (!start) return `until ${end}`;
  return end ? `${start} – ${end}` : `since ${start}`;
}
