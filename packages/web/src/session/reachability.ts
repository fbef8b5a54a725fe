import { useSyncExternalStore } from 'react';
import { serverAddress } from './base.ts';

const ASK_AGAIN_MS = 2000;
/**
 * Where the network was lost on the way, a question never ends by itself: nobody would ask again, and each keeps one of the
 * six connections that a browser opens to a server.
 */
const TIMEOUT_MS = 10_000;

let isThere = true;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** The server has answered something. */
export function noteAnswer(): void {
  clearTimeout(timer);
  timer = undefined;
  change(true);
}

/** The server has not answered: it is asked again and again whether it is back. */
export function noteSilence(): void {
  change(false);
  timer ??= setTimeout(askAgain, ASK_AGAIN_MS);
}

/** Whether the server answers, as far as is known. */
export function useReachability(): boolean {
  return useSyncExternalStore(onReachability, () => isThere);
}

/** Calls back whenever the server goes away or comes back. */
export function onReachability(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the server has answered the last request. */
export function isReachable(): boolean {
  return isThere;
}

/** Waits while the server is away, or until the signal aborts. */
export function untilReachable(signal?: AbortSignal): Promise<void> {
  if (isThere || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const go = () => {
      forget();
      signal?.removeEventListener('abort', go);
      resolve();
    };
    const forget = onReachability(go);
    signal?.addEventListener('abort', go, { once: true });
  });
}

async function askAgain(): Promise<void> {
  timer = undefined;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(`${serverAddress}/ready`, { cache: 'no-store', signal });
    if (answer.ok) return noteAnswer();
  } catch {
    // Still away.
  }
  noteSilence();
}

function change(now: boolean): void {
  if (isThere === now) return;
  isThere = now;
  for (const listener of listeners) listener();
}
