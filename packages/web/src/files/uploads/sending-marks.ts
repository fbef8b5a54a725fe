const PREFIX = 'aqueduct sending ';
const MARK_EVERY_MS = 2000;
/** Pages in the background are woken once a minute only; a page that ends takes its marks along. */
const OLD_AFTER_MS = 90_000;

const marked = new Set<string>();

/** Runs the sending of a file while all pages of this browser can see that it is being sent. */
export async function whileSending<T>(
  experimentUuid: string,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const key = keyOf(experimentUuid, name);
  const mark = () => write(key, String(Date.now()));
  marked.add(key);
  mark();
  const timer = setInterval(mark, MARK_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    marked.delete(key);
    write(key, undefined);
  }
}

/** Whether this page or another one of this browser sends a file of this name to the experiment just now. */
export function isBeingSent(experimentUuid: string, name: string): boolean {
  try {
    return Date.now() - Number(localStorage.getItem(keyOf(experimentUuid, name)) ?? 0) < OLD_AFTER_MS;
  } catch {
    return false;
  }
}

window.addEventListener('pagehide', () => {
  for (const key of marked) write(key, undefined);
});

function keyOf(experimentUuid: string, name: string): string {
  return PREFIX + JSON.stringify([experimentUuid, name]);
}

function write(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing has nothing unfinished to show either.
  }
}
