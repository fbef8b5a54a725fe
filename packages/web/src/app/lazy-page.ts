import { type FunctionComponent, lazy } from 'react';
import { noteSilence, untilReachable } from '../session/reachability.ts';

/**
 * A page, or a part of one, whose code is loaded when it is needed. While the server is away, the page waits for it.
 *
 * @param load - imports its module and picks it from there.
 */
export function lazyPage<Props = object>(load: () => Promise<FunctionComponent<Props>>) {
  let loading: Promise<{ default: FunctionComponent<Props> }> | undefined;
  const once = () => {
    loading ??= loadPatiently(load).then((page) => ({ default: page }));
    return loading;
  };
  return Object.assign(lazy(once), { preload: async () => void (await once()) });
}

/** A page that was loaded anew less than this ago, and still lacks a part, will not get it by being loaded anew. */
const RELOAD_AGAIN_MS = 30_000;
const RELOADED_AT = 'aqueduct-reloaded-at';

async function loadPatiently<Component>(load: () => Promise<Component>): Promise<Component> {
  try {
    return await load();
  } catch (error) {
    if (!isNotFetched(error)) throw error;
    noteSilence();
    await untilReachable();
    // Browsers remember that a module failed, and an upgraded server has others: only a new page gets them.
    if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < RELOAD_AGAIN_MS) throw error;
    sessionStorage.setItem(RELOADED_AT, String(Date.now()));
    location.reload();
    return new Promise(() => undefined);
  }
}

/** Browsers fail so for a module, Vite for its styles; all else is a fault of the module itself. */
function isNotFetched(error: unknown): boolean {
  return (
    error instanceof TypeError || (error instanceof Error && /^Unable to preload CSS/.test(error.message))
  );
}
