import { type FunctionComponent, lazy } from 'react';
import { NotLoaded } from './not-loaded.tsx';

/**
 * A page, or a part of one, whose code is loaded when it is needed. What can't be loaded leaves the rest of the page as
 * it is, and says in its own place what to do.
 *
 * @param load - imports its module and picks it from there.
 */
export function lazyPage<Props = object>(load: () => Promise<FunctionComponent<Props>>) {
  let loading: Promise<{ default: FunctionComponent<Props> }> | undefined;
  const once = () => {
    loading ??= load()
      .catch((error: unknown) => {
        if (!isNotFetched(error)) throw error;
        return NotLoaded;
      })
      .then((page) => ({ default: page }));
    return loading;
  };
  return Object.assign(lazy(once), { preload: async () => void (await once()) });
}

/** Browsers fail so for a module, Vite for its styles; all else is a fault of the module itself. */
function isNotFetched(error: unknown): boolean {
  return (
    error instanceof TypeError || (error instanceof Error && /^Unable to preload CSS/.test(error.message))
  );
}
