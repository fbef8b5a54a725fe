import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ViewerSettings } from './viewer-settings.ts';

const ROUTE = '/aqd/experiments/$id';

/** The settings of the open viewer, and what changes some of them: undefined takes one out of the address. */
export function useViewerSettings() {
  const settings: ViewerSettings = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const change = (changes: { readonly [Name in keyof ViewerSettings]: string | undefined }) =>
    void navigate({ search: (search) => ({ ...search, ...changes }), replace: true, resetScroll: false });
  return [settings, change] as const;
}
