import { setTimeout as sleep } from 'node:timers/promises';

/** A signal, and how long the processes have to end by it before the next one. */
export interface EndingStep {
  readonly signal: NodeJS.Signals;
  readonly withinMs: number;
}

/** How often it is looked whether some are left. */
export const LOOK_EVERY_MS = 100;

/**
 * Sends signals to processes until none is left. Each goes to those that are there at its beginning: what they start when
 * they hear it, to bring an instrument to rest, has the time until the next one too.
 *
 * @param find - Looks which ones there are; negative numbers are groups.
 * @param steps - Mildest first.
 * @returns those that outlived all of it; empty means done.
 */
export async function endProcesses(
  find: () => Promise<readonly number[]>,
  steps: readonly EndingStep[],
): Promise<readonly number[]> {
  let left = await find();
  for (const { signal, withinMs } of steps) {
    const deadline = performance.now() + withinMs;
    for (const pid of left) sendSignal(pid, signal);
    while (left.length > 0) {
      // Sent again and again: a bomb forks faster than it is looked at.
      if (signal === 'SIGKILL') for (const pid of left) sendSignal(pid, signal);
      if (performance.now() > deadline) break;
      await sleep(LOOK_EVERY_MS);
      left = await find();
    }
  }
  return left;
}

/** Whether there is a process, or, by a negative number, anything of a group. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Sends a signal to a process, or, by a negative number, to a group; nothing happens where there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
