import { useCallback, useLayoutEffect, useRef } from 'react';

/** A callback that stays the same object and does what the last render's would: for memoized rows of long lists. */
export function useStable<Args extends readonly unknown[], Result>(
  callback: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(callback);
  useLayoutEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
