import { Failure } from '../errors/failure.ts';
import { isPassing } from '../errors/is-passing.ts';
import { pause } from '../pause.ts';

/** Something that happens on the server and has an end there. */
export interface Source<Item> {
  /** Items as they come, from where the last one was. */
  subscribe(): AsyncIterable<Item>;
  /** Items that have come since then, and whether these are the last. */
  ask(): Promise<{ readonly items: readonly Item[]; readonly isLast: boolean }>;
}

/** Seconds between two attempts: doubled with each, up to the longest. */
const FIRST_PAUSE = 0.1;
const LONGEST_PAUSE = 2;
const PATIENCE = 60;

/**
 * Follows a source to its end. Whenever its stream ends, the server is asked what is missing and whether that was all;
 * if not, a new stream goes on from there. So a lost connection, a server that starts anew and a proxy that lets no
 * stream through are one case.
 *
 * @param patience - Seconds in which questions may stay without an answer; then the last failure is thrown.
 */
export async function* follow<Item>(
  source: Source<Item>,
  signal: AbortSignal | undefined,
  patience = PATIENCE,
): AsyncGenerator<Item, void, undefined> {
  for (let seconds = FIRST_PAUSE; ; ) {
    const begin = performance.now();
    try {
      yield* source.subscribe();
    } catch (error) {
      if (signal?.aborted || !(isPassing(error) || isNoStream(error))) throw error;
    }
    const { items, isLast } = await askAgain(source, signal, patience);
    yield* items;
    if (isLast) return;
    if (performance.now() - begin > LONGEST_PAUSE * 1000) seconds = FIRST_PAUSE;
    await pause(seconds, signal);
    seconds = nextPause(seconds);
  }
}

async function askAgain<Item>(source: Source<Item>, signal: AbortSignal | undefined, patience: number) {
  const begin = performance.now();
  for (let seconds = FIRST_PAUSE; ; ) {
    try {
      return await source.ask();
    } catch (error) {
      const isLate = performance.now() - begin > patience * 1000;
      if (signal?.aborted || !isPassing(error) || isLate) throw error;
    }
    await pause(seconds, signal);
    seconds = nextPause(seconds);
  }
}

function nextPause(seconds: number): number {
  return Math.min(2 * seconds, LONGEST_PAUSE);
}

/** Something on the way answers in the server's place. Questions may pass all the same. */
function isNoStream(error: unknown): boolean {
  return error instanceof Failure && error.facts.code === 'BAD_ANSWER';
}
