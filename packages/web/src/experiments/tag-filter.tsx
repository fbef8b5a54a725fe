import { IconTag } from '@tabler/icons-react';
import { FilterButton } from '../ui/filter-button.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import type { ListSearch, Scope } from './list-search.ts';

const Fields = lazyPart(async () => (await import('./tag-filter-fields.tsx')).TagFilterFields);

export interface TagFilterProps {
  readonly scope: Scope;
  readonly search: ListSearch;
  readonly onChange: (change: Pick<ListSearch, 'tags' | 'match'>) => void;
}

/** Filters by tags, any or all of them. */
export function TagFilter(props: TagFilterProps) {
  const { tags = [], match } = props.search;
  const [first, ...more] = tags;
  const value = more.length > 0 ? `${first} ${match === 'all' ? '&' : 'or'} ${more.length} more` : first;
  return (
    <FilterButton icon={IconTag} label="Tags" value={value} preload={Fields.preload}>
      <Fields {...props} />
    </FilterButton>
  );
}
