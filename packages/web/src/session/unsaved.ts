/** Tell whether they hold what is lost when the page is left. */
const holders = new Set<() => boolean>();

/**
 * Lets a page that holds something unsaved not be loaded again by itself.
 *
 * @returns what ends that.
 */
export function holdPage(isUnsaved: () => boolean): () => void {
  holders.add(isUnsaved);
  return () => void holders.delete(isUnsaved);
}

/** The same, and the browser asks whoever leaves. */
export function holdPageAsking(isUnsaved: () => boolean): () => void {
  const warn = (event: BeforeUnloadEvent) => {
    if (isUnsaved()) event.preventDefault();
  };
  window.addEventListener('beforeunload', warn);
  const release = holdPage(isUnsaved);
  return () => {
    window.removeEventListener('beforeunload', warn);
    release();
  };
}

/** Whether something would be lost if the page were loaded again. */
export function isPageHeld(): boolean {
  return [...holders].some((isUnsaved) => isUnsaved());
}
