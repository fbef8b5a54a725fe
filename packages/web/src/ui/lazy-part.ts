import { type ComponentType, createElement, type FunctionComponent, lazy, useState } from 'react';

/**
 * A dialog, or a part of one, whose code is loaded when it is drawn first: in a `DialogPlace`, which says if that fails.
 * It can't be tried again, for browsers remember that a module failed. What was preloaded is drawn at once: React shows
 * what it had to wait for a third of a second later.
 *
 * @param load - imports its module and picks it from there.
 */
export function lazyPart<Props extends object>(load: () => Promise<FunctionComponent<Props>>) {
  let loaded: FunctionComponent<Props> | undefined;
  const fetchPart = async () => {
    loaded ??= await load();
    return loaded;
  };
  const Awaited = lazy(async () => {
    try {
      return { default: await fetchPart() };
    } catch (cause) {
      throw new Error(
        'A part of this page could not be loaded. When the server answers again, load the page anew.',
        { cause },
      );
    }
  });
  const part = (props: Props) => createElement(Drawn<Props>, { part: loaded ?? Awaited, props });
  return Object.assign(part, { preload: () => void fetchPart().catch(() => undefined) });
}

/** Draws one component for as long as it stands there: it would begin anew with another. */
function Drawn<Props extends object>({ part, props }: { part: ComponentType<Props>; props: Props }) {
  const [first] = useState({ part });
  return createElement(first.part, props);
}
