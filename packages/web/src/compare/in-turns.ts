/**
 * Lets of some works only so many run at the same time; the others wait. One whose signal aborts until its turn comes is
 * not begun.
 */
export function inTurns(atOnce: number) {
  const lanes: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve());
  let begun = 0;
  return <Result>(work: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result> => {
    const lane = begun % atOnce;
    begun += 1;
    const result = Promise.resolve(lanes[lane]).then(() => {
      signal?.throwIfAborted();
      return work();
    });
    lanes[lane] = result.catch(() => undefined);
    return result;
  };
}
