import { useSyncExternalStore } from 'react';
import { dayText } from './local-days.ts';

/** A timer for midnight itself would come late where the computer slept. */
const LOOK_MS = 20_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let shown = '';

/** Tells when another day has begun. One timer serves all. */
export function watchDay(listener: () => void): () => void {
  if (listeners.size === 0) shown = dayText(new Date());
  listeners.add(listener);
  timer ??= setInterval(look, LOOK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function look(): void {
  const today = dayText(new Date());
  if (today === shown) return;
  shown = today;
  for (const listener of listeners) listener();
}

/** The present day of the viewer's calendar: what uses it is drawn anew at midnight. */
export function useToday(): string {
  return useSyncExternalStore(watchDay, () => dayText(new Date()));
}
