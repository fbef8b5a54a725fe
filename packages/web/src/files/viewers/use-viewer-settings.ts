import { useNavigate, useSearch } from '@tanstack/react-router';
import { parseViewerSettings, type ViewerSettings } from './viewer-settings.ts';

/** The settings of the open viewer, and what changes some of them: undefined takes one out of the address. */
export function useViewerSettings() {
  const settings = parseViewerSettings(useSearch({ strict: false }));
  const navigate = useNavigate();
  const change = (changes: { readonly [Name in keyof ViewerSettings]: string | undefined }) =>
    void navigate({
      to: '.',
      search: (search: object) => ({ ...search, ...changes }),
      replace: true,
      resetScroll: false,
    });
  return [settings, change] as const;
}
