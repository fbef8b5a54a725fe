import type { FunctionComponent } from 'react';
import { lazyComponent } from './lazy-component.ts';

/**
 * A dialog, or a part of one, whose code is loaded when it is drawn first: in a `DialogPlace`, which says if that fails.
 * It can't be tried again, for browsers remember that a module failed.
 *
 * @param load - imports its module and picks it from there.
 */
export function lazyPart<Props extends object>(load: () => Promise<FunctionComponent<Props>>) {
  const part = lazyComponent(async () => {
    try {
      return await load();
    } catch (cause) {
      throw new Error(
        'A part of this page could not be loaded. When the server answers again, load the page anew.',
        { cause },
      );
    }
  });
  const { preload } = part;
  return Object.assign(part, { preload: () => void preload().catch(() => undefined) });
}
