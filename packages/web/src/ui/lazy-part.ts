import { type FunctionComponent, lazy } from 'react';

/**
 * A dialog, or a part of one, whose code is loaded when it is drawn first: in a `DialogPlace`, which says if that fails.
 * It can't be tried again, for browsers remember that a module failed.
 *
 * @param load - imports its module and picks it from there.
 */
export function lazyPart<Props = object>(load: () => Promise<FunctionComponent<Props>>) {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (cause) {
      throw new Error(
        'A part of this page could not be loaded. When the server answers again, load the page anew.',
        { cause },
      );
    }
  });
}
