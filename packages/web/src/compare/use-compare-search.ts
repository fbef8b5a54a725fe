import { useNavigate, useSearch } from '@tanstack/react-router';
import { type CompareSearch, eidsIn, eidsText, MOST_COMPARED } from './compare-search.ts';

const ROUTE = '/aqd/experiments/compare';

/** What the address of a comparison says, and what changes it. */
export function useCompareSearch() {
  const search: CompareSearch = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const change = (changes: CompareSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true, resetScroll: false });
  const named = eidsIn(search.eids);
  const eids = named.slice(0, MOST_COMPARED);
  return {
    search,
    change,
    eids,
    /** How many more the address names than are compared. */
    left: named.length - eids.length,
    add: (eid: string) => change({ eids: eidsText(eidsIn([...eids, eid].join(','))) }),
    remove: (eid: string) => change({ eids: eidsText(named.filter((other) => other !== eid)) }),
    /** The others are compared with the first. */
    makeFirst: (eid: string) => change({ eids: eidsText([eid, ...named.filter((other) => other !== eid)]) }),
  };
}
