import { Button } from '@mantine/core';
import { IconArchive, IconSearchOff, IconStar } from '@tabler/icons-react';
import { lazyComponent } from '../ui/lazy-component.ts';
import { Notice } from '../ui/notice.tsx';
import { isBackwards, isFiltered, type ListSearch, NO_FILTERS, type Scope } from './list-search.ts';

const Welcome = lazyComponent(async () => (await import('./welcome.tsx')).Welcome);

interface EmptyListProps {
  readonly scope: Scope;
  readonly search: ListSearch;
  readonly onChange: (part: Partial<ListSearch>) => void;
}

/** What a list says that has no rows: why, and what to do. */
export function EmptyList({ scope, search, onChange }: EmptyListProps) {
  if (search.page) {
    return (
      <Notice icon={IconSearchOff} title="The list ends before this page">
        <Button variant="default" mt="xs" onClick={() => onChange({ page: 0 })}>
          To its first page
        </Button>
      </Notice>
    );
  }
  if (isFiltered(search)) {
    return (
      <Notice icon={IconSearchOff} title="No experiment matches">
        {search.title !== undefined && search.title.length < 3 && (
          <p>Nothing has “{search.title}” in its title or EID.</p>
        )}
        {isBackwards(search) && <p>The last day of the period is before the first one.</p>}
        <Button variant="default" mt="xs" onClick={() => onChange(NO_FILTERS)}>
          Clear the search and all filters
        </Button>
      </Notice>
    );
  }
  if (scope === 'favourites') {
    return (
      <Notice icon={IconStar} title="No favourites yet">
        The star at the beginning of a row makes an experiment a favourite.
      </Notice>
    );
  }
  if (scope === 'archived') {
    return (
      <Notice icon={IconArchive} title="Nothing is archived">
        Archived experiments are out of the way but not lost. Only from here they can be deleted.
      </Notice>
    );
  }
  return <Welcome />;
}
