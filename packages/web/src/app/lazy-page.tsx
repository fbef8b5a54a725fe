import type { FunctionComponent } from 'react';
import { lazyComponent } from '../ui/lazy-component.ts';
import { Loading } from '../ui/loading.tsx';
import { NotLoaded } from './not-loaded.tsx';

/**
 * A page, or a part of one, whose code is loaded when it is needed. What can't be loaded leaves the rest of the page as
 * it is, and says in its own place what to do.
 *
 * @param load - imports its module and picks it from there.
 * @param what - what is said while it is loaded.
 */
export function lazyPage<Props extends object = object>(
  load: () => Promise<FunctionComponent<Props>>,
  what = 'Loading the page',
) {
  const loadOrSay = () =>
    load().catch((error: unknown) => {
      if (!isNotFetched(error)) throw error;
      return NotLoaded;
    });
  return lazyComponent(loadOrSay, <Loading what={what} />);
}

/** Browsers fail so for a module, Vite for its styles; all else is a fault of the module itself. */
function isNotFetched(error: unknown): boolean {
  return (
    error instanceof TypeError || (error instanceof Error && /^Unable to preload CSS/.test(error.message))
  );
}
