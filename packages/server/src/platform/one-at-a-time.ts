/** Makes what runs works one after the other, in the order in which they are given; one that fails holds up none. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let before: Promise<void> = Promise.resolve();
  return (work) => {
    const result = before.then(work);
    // Keeps nothing of what was given.
    const over = () => undefined;
    before = result.then(over, over);
    return result;
  };
}
