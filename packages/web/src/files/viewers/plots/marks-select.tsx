import { Select } from '@mantine/core';
import { MARKS, type Marks } from './marks.ts';

interface MarksSelectProps {
  readonly marks: Marks;
  readonly onChange: (marks: Marks) => void;
}

/** Whether curves are drawn as lines, as points or as both. */
export function MarksSelect({ marks, onChange }: MarksSelectProps) {
  return (
    <Select
      size="xs"
      w={90}
      aria-label="Lines or points"
      data={[...MARKS]}
      value={marks}
      onChange={(value) => onChange(value as Marks)}
      allowDeselect={false}
    />
  );
}
