import { askWorker, TooSlow } from '../../../ui/ask-worker.ts';
import { NotShown } from '../not-shown.ts';
import DatabaseThread from './database.worker.ts?worker';
import type { Answered, Asked, Overview, Question, Rows } from './questions.ts';

/** Longer than this nobody waits: some views never end, and some files are made so. */
const PATIENCE_MS = 20_000;

/** Asks a worker about a database; one question at a time. A worker that takes too long is ended. */
export class DatabaseWorker {
  readonly #file: Asked['file'];
  #thread: Worker | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #closing = new AbortController();

  constructor(file: Asked['file']) {
    this.#file = file;
  }

  /**
   * @param signal - takes the question back, and ends what is being looked for.
   * @throws Error with a sentence where it can not be answered.
   */
  ask(question: Question & { ask: 'overview' }, signal: AbortSignal): Promise<Overview>;
  ask(question: Question & { ask: 'rows' }, signal: AbortSignal): Promise<Rows>;
  ask(question: Question, signal: AbortSignal): Promise<Overview | Rows> {
    const ending = AbortSignal.any([signal, this.#closing.signal]);
    const answer = this.#turn.then(() => this.#askNow(question, ending));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** Ends the worker; what was asked and is not answered fails. */
  close(): void {
    this.#closing.abort(new DOMException('The file was closed.', 'AbortError'));
    this.#closing = new AbortController();
    this.#thread?.terminate();
    this.#thread = undefined;
  }

  async #askNow(question: Question, signal: AbortSignal): Promise<Overview | Rows> {
    signal.throwIfAborted();
    this.#thread ??= new DatabaseThread();
    const asked: Asked = { file: this.#file, question };
    const answered = await askWorker<Answered>(this.#thread, asked, PATIENCE_MS, signal).catch((error) => {
      // It was ended.
      this.#thread = undefined;
      throw error instanceof TooSlow
        ? new Error('The database takes too long to answer. Download it to look into it.')
        : error;
    });
    if ('failure' in answered) throw new (answered.isOfFile ? NotShown : Error)(answered.failure);
    return answered.answer;
  }
}
