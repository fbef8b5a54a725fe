import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { HttpConnection } from './http-connection.ts';
import type { Envelope } from './requests.ts';

/** What one large upload took. */
export interface UploadTime {
  /** From the first byte to the answer, in seconds. */
  readonly seconds: number;
  /** From the last byte to the answer, in seconds: the old client waits 0.5 s for it. */
  readonly afterLastByte: number;
}

const CHUNK = 1024 * 1024;
/** Sent again and again: making bytes up would take longer than sending them. */
const chunk = randomBytes(CHUNK);

/** Sends a large file as fast as the server takes it. */
export async function upload(port: number, size: number, { before, after }: Envelope): Promise<UploadTime> {
  const connection = await HttpConnection.open(port);
  const { socket } = connection;
  const answered = connection.answer();
  // A refusal may come early, and ends the sending.
  let isAnswered = false;
  const note = () => void (isAnswered = true);
  answered.then(note, note);
  const started = performance.now();
  socket.write(before);
  for (let left = size; left > 0 && !isAnswered; left -= CHUNK) {
    if (!socket.write(left < CHUNK ? chunk.subarray(0, left) : chunk)) {
      await Promise.race([once(socket, 'drain'), answered]);
    }
  }
  await new Promise<void>((resolve) => socket.write(after, () => resolve()));
  const last = performance.now();
  const { status, beginning } = await answered;
  if (status !== 200) throw new Error(`The upload was refused:\n${beginning}`);
  const ended = performance.now();
  connection.close();
  return { seconds: (ended - started) / 1000, afterLastByte: (ended - last) / 1000 };
}
