import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** The old client gives up after 0.5 s without a byte, also on a busy machine; JSON may begin with blanks. */
const BLANK_EVERY_MS = 100;
/** Of a long answer, what is sent at once. */
const PIECE_LENGTH = 64 * 1024;

/**
 * An answer that may take long: the text itself where it comes soon, else a stream that begins with blanks until it
 * does. Who leaves early changes nothing.
 */
export async function answerWaiting(answer: Promise<string>): Promise<string | Readable> {
  const waiting = new AbortController();
  // Once for all blanks: what waits for a promise is kept until it settles, and a measurement may take days.
  const stop = () => waiting.abort();
  answer.then(stop, stop);
  await pause(waiting.signal);
  if (waiting.signal.aborted) return answer;
  return Readable.from(blanksThen(answer, waiting.signal), { objectMode: false });
}

async function* blanksThen(answer: Promise<string>, signal: AbortSignal): AsyncGenerator<string> {
  do {
    yield ' ';
    await pause(signal);
  } while (!signal.aborted);
  yield* piecesOf(await answer);
}

/** So that no more than a piece is there a second time, as bytes. */
function* piecesOf(text: string): Generator<string> {
  for (let start = 0, end: number; start < text.length; start = end) {
    end = start + PIECE_LENGTH;
    // A character of two units is one of UTF-8.
    if (isSecondOfTwo(text.charCodeAt(end))) end += 1;
    yield text.slice(start, end);
  }
}

function isSecondOfTwo(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function pause(signal: AbortSignal): Promise<void> {
  return sleep(BLANK_EVERY_MS, undefined, { signal }).catch(() => undefined);
}
