import { Button, Group, SimpleGrid, Stack } from '@mantine/core';
import { DayField } from '../ui/day-field.tsx';
import { dayOf, dayText } from '../ui/local-days.ts';
import type { DateFilterProps, Period } from './date-filter.tsx';
import { isBackwards } from './list-search.ts';

const NONE: Period = { startDate: undefined, endDate: undefined };

/** Usual periods, or any. */
export function DateFilterFields({ search, onChange }: DateFilterProps) {
  const { startDate, endDate } = search;
  const start = dayOf(startDate);
  const end = dayOf(endDate);
  return (
    <Stack gap="xs">
      <SimpleGrid cols={2} spacing={6} verticalSpacing={6}>
        {presets(new Date()).map(({ label, from, to }) => (
          <Button
            key={label}
            variant={start === dayText(from) && end === dayText(to) ? 'light' : 'default'}
            onClick={() => onChange({ startDate: dayText(from), endDate: dayText(to) })}
          >
            {label}
          </Button>
        ))}
      </SimpleGrid>
      <Group gap="xs" grow wrap="nowrap" align="start">
        <DayField
          label="From"
          day={start}
          max={end || undefined}
          onChange={(startDate) => onChange({ endDate, startDate })}
        />
        <DayField
          label="To"
          day={end}
          min={start || undefined}
          error={isBackwards(search) ? `Before ${start}: no day is in between.` : undefined}
          onChange={(endDate) => onChange({ startDate, endDate })}
        />
      </Group>
      <Button variant="subtle" onClick={() => onChange(NONE)} disabled={!start && !end}>
        Any date
      </Button>
    </Stack>
  );
}

function presets(today: Date) {
  const ago = (days: number) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - days);
  return [
    { label: 'Today', from: today, to: today },
    { label: 'Yesterday', from: ago(1), to: ago(1) },
    { label: 'Last 7 days', from: ago(6), to: today },
    { label: 'Last 30 days', from: ago(29), to: today },
    { label: 'This month', from: new Date(today.getFullYear(), today.getMonth(), 1), to: today },
    { label: 'This year', from: new Date(today.getFullYear(), 0, 1), to: today },
  ];
}
