/** Runs work for each item, for so many at one time. Fails with the first failure, when nothing runs any more. */
export async function inParallel<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = Iterator.from(items);
  const workers = Array.from({ length: atOnce }, async () => {
    for (const item of left) await work(item);
  });
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
