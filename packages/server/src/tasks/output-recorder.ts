import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../access/context.ts';
import type { OutputStream, TakerAnswer } from '../platform/child-process/start-command.ts';
import type { Transaction } from '../platform/database/database.ts';
import { PrintedText } from './printed-text.ts';
import { taskState } from './task.queries.ts';
import { outputKey } from './task.ts';
import { insertChunk } from './task-output.queries.ts';

type Needs = Pick<Services, 'db' | 'clock' | 'log' | 'changes'>;

interface Chunk {
  readonly sequence: number;
  readonly stream: OutputStream;
  text: string;
  /** Whether it may be in the database already, and so must not grow. */
  isSent: boolean;
}

/** What is printed within this time is written together. */
const GATHER_MS = 40;
/**
 * Who goes on printing is written less and less often: each write adds so much to the time between two of them, up to the
 * most. Half an hour of steady lines is 4,000 pieces instead of 40,000. What comes after a silence does not wait for that.
 */
const GATHER_LONGER_MS = 0.5;
const MOST_GATHER_MS = 500;
/** Pieces that are written at once: two programs, or two streams, may change with each other at every line. */
const PIECES_AT_ONCE = 200;
const CHUNK_LENGTH = 32 * 1024;
/** Characters that wait for the database before the task has to wait with printing. */
const MOST_WAITING = 512 * 1024;
const RETRY_MS = 1000;

/** Stores what a task prints, in order, while it runs. */
export class OutputRecorder {
  readonly #needs: Needs;
  readonly #taskId: number;
  readonly #texts: Readonly<Record<OutputStream, PrintedText>>;
  #sequence = 0;
  #waiting: Chunk[] = [];
  #writing: Promise<void> | undefined;
  readonly #ending = new AbortController();
  #isGone = false;
  #writes = 0;
  #lastWrite = 0;

  /**
   * @param maxBytes - Of each stream; more is dropped, and a mark says so.
   * @param secret - Is blotted out.
   */
  constructor(needs: Needs, taskId: number, maxBytes: number, secret: string) {
    this.#needs = needs;
    this.#taskId = taskId;
    this.#texts = { 1: new PrintedText(maxBytes, secret), 2: new PrintedText(maxBytes, secret) };
  }

  /** Takes what was printed; where the database lags behind, the program has to wait. */
  add(stream: OutputStream, bytes: Uint8Array): Promise<TakerAnswer> | TakerAnswer {
    const text = this.#texts[stream];
    this.#append(stream, text.add(bytes));
    const answer = text.isFull || this.#isGone ? 'enough' : undefined;
    return this.#lag()?.then(() => answer) ?? answer;
  }

  /** Puts a line of Aqueduct's own into standard error. */
  print(line: string): void {
    if (this.#texts[2].isFull) this.#append(2, `${line}\n`);
    else this.add(2, Buffer.from(`${line}\n`));
  }

  /** Takes no more. What is left to be written is left to `writeRest`. */
  async end(): Promise<void> {
    this.#ending.abort();
    for (const stream of [1, 2] as const) this.#append(stream, this.#texts[stream].end());
    await this.#writing;
  }

  /** Writes what is left, in the transaction that ends the task. */
  async writeRest(tx: Transaction): Promise<void> {
    if (this.#waiting.length === 0 || !(await this.#isThere(tx))) return;
    for (const chunk of this.#waiting) {
      chunk.isSent = true;
      await this.#insert(tx, chunk);
    }
  }

  #append(stream: OutputStream, text: string): void {
    if (text === '' || this.#isGone) return;
    const last = this.#waiting.at(-1);
    if (last?.stream === stream && !last.isSent && last.text.length + text.length <= CHUNK_LENGTH)
      last.text += text;
    else {
      this.#sequence += 1;
      this.#waiting.push({ sequence: this.#sequence, stream, text, isSent: false });
    }
    if (this.#ending.signal.aborted) return;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  #lag(): Promise<void> | undefined {
    return this.#waitingLength > MOST_WAITING ? this.#writing : undefined;
  }

  get #waitingLength(): number {
    let length = 0;
    for (const { text } of this.#waiting) length += text.length;
    return length;
  }

  async #write(): Promise<void> {
    const { signal } = this.#ending;
    while (this.#waiting.length > 0 && !signal.aborted) {
      await this.#gather();
      if (signal.aborted) return;
      const chunks = this.#waiting.splice(0, PIECES_AT_ONCE);
      for (const chunk of chunks) chunk.isSent = true;
      try {
        await this.#needs.db.write(async (tx) => {
          if (!(await this.#isThere(tx))) return;
          for (const chunk of chunks) await this.#insert(tx, chunk);
        });
      } catch (err) {
        this.#waiting = [...chunks, ...this.#waiting];
        this.#needs.log.warn({ err }, 'the output of a task could not be stored; another try follows');
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
        continue;
      }
      this.#needs.changes.notify(outputKey(this.#taskId));
    }
  }

  /** Lets more of what is printed come together, unless there is much already. */
  async #gather(): Promise<void> {
    const { signal } = this.#ending;
    const isMuch = () => this.#waiting.length >= PIECES_AT_ONCE || this.#waitingLength >= CHUNK_LENGTH;
    const due = this.#lastWrite + Math.min(this.#writes * GATHER_LONGER_MS, MOST_GATHER_MS);
    for (let slept = 0; slept === 0 || performance.now() < due; slept += 1) {
      if (signal.aborted || isMuch()) break;
      await sleep(GATHER_MS, undefined, { signal }).catch(() => undefined);
    }
    this.#writes += 1;
    this.#lastWrite = performance.now();
  }

  /** Its experiment may have been removed. */
  async #isThere(tx: Transaction): Promise<boolean> {
    this.#isGone ||= !(await tx.first(taskState, { id: this.#taskId }));
    return !this.#isGone;
  }

  async #insert(tx: Transaction, { sequence, stream, text }: Chunk): Promise<void> {
    await tx.run(insertChunk, {
      id: this.#taskId,
      sequence,
      stream,
      bytes: Buffer.from(text),
      now: this.#needs.clock.now(),
    });
  }
}
