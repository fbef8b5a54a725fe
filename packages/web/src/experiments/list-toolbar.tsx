import { Button } from '@mantine/core';
import { type RefObject, useRef } from 'react';
import { useStable } from '../ui/use-stable.ts';
import { AuthorFilter } from './author-filter.tsx';
import { DateFilter } from './date-filter.tsx';
import { isFiltered, type ListSearch, NO_FILTERS, type Scope } from './list-search.ts';
import classes from './list-toolbar.module.css';
import { SearchField } from './search-field.tsx';
import { SortSelect } from './sort-select.tsx';
import { TagFilter } from './tag-filter.tsx';

interface ListToolbarProps {
  readonly scope: Scope;
  readonly search: ListSearch;
  /** With `replace`, the address before is no place to go back to. */
  readonly onChange: (part: Partial<ListSearch>, replace?: boolean) => void;
  readonly searchField: RefObject<HTMLInputElement | null>;
}

/** Search, filters and order of a list. */
export function ListToolbar({ scope, search, onChange, searchField }: ListToolbarProps) {
  const onText = useStable((title: string) => onChange({ title }, true));
  const bar = useRef<HTMLElement>(null);
  const clear = () => {
    onChange(NO_FILTERS);
    // The button goes away by that.
    bar.current?.focus({ preventScroll: true });
  };
  return (
    <search ref={bar} tabIndex={-1} className={classes.bar}>
      <div className={classes.search}>
        <SearchField value={search.title ?? ''} onChange={onText} field={searchField} />
      </div>
      <TagFilter scope={scope} search={search} onChange={onChange} />
      <DateFilter search={search} onChange={onChange} />
      <AuthorFilter authors={search.authors ?? []} onChange={(authors) => onChange({ authors })} />
      {isFiltered(search) && (
        <Button variant="subtle" color="gray" onClick={clear}>
          Clear
        </Button>
      )}
      <div className={classes.sort}>
        <SortSelect orderBy={search.orderBy ?? 'CREATED_DESC'} onOrder={(orderBy) => onChange({ orderBy })} />
      </div>
    </search>
  );
}
