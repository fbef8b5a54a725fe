import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** The old client gives up after 0.5 s without a byte, also on a busy machine; JSON may begin with blanks. */
const BLANK_EVERY_MS = 100;

/**
 * An answer that may take long: the text itself where it comes soon, else a stream that begins with blanks until it
 * does. Who leaves early changes nothing.
 */
export async function answerWaiting(answer: Promise<string>): Promise<string | Readable> {
  const soon = await Promise.race([answer, sleep(BLANK_EVERY_MS)]);
  return typeof soon === 'string' ? soon : Readable.from(blanksThen(answer), { objectMode: false });
}

async function* blanksThen(answer: Promise<string>): AsyncGenerator<string> {
  for (;;) {
    yield ' ';
    const text = await Promise.race([answer, sleep(BLANK_EVERY_MS)]);
    if (typeof text !== 'string') continue;
    yield text;
    return;
  }
}
