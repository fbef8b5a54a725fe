import { IconUser } from '@tabler/icons-react';
import { FilterButton } from '../ui/filter-button.tsx';
import { lazyPart } from '../ui/lazy-part.ts';

const Fields = lazyPart(async () => (await import('./author-filter-fields.tsx')).AuthorFilterFields);

export interface AuthorFilterProps {
  readonly authors: readonly string[];
  readonly onChange: (authors: string[] | undefined) => void;
}

/** Filters by who made an experiment. */
export function AuthorFilter({ authors, onChange }: AuthorFilterProps) {
  const [first, ...more] = authors;
  return (
    <FilterButton
      icon={IconUser}
      label="Author"
      preload={Fields.preload}
      value={first && (more.length > 0 ? `${first} +${more.length}` : first)}
    >
      <Fields authors={authors} onChange={onChange} />
    </FilterButton>
  );
}
