import { untilAborted } from './until-aborted.ts';

/** Waits for so many seconds, or throws the reason of the signal. By hand, since browsers have no such timer. */
export async function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, seconds * 1000);
  try {
    await untilAborted(promise, signal);
  } finally {
    clearTimeout(timer);
  }
}
