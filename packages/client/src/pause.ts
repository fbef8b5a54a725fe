import { untilAborted } from './until-aborted.ts';

/** Timers end at 2³¹ milliseconds, and longer ones at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Waits for so many seconds, or throws the reason of the signal. By hand, since browsers have no such timer. */
export async function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.min(seconds * 1000, LONGEST_MS));
  try {
    await untilAborted(promise, signal);
  } finally {
    clearTimeout(timer);
  }
}
