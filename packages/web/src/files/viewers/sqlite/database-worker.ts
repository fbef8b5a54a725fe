import { askWorker, TooSlow } from '../../../ui/ask-worker.ts';
import DatabaseThread from './database.worker.ts?worker';
import type { Answered, Asked, Overview, Question, Rows } from './questions.ts';

/** Longer than this nobody waits: some views never end, and some files are made so. */
const PATIENCE_MS = 20_000;

/** Asks a worker about a database; one question at a time. A worker that takes too long is ended. */
export class DatabaseWorker {
  readonly #file: Asked['file'];
  #thread: Worker | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(file: Asked['file']) {
    this.#file = file;
  }

  /** @throws Error with a sentence where it can not be answered. */
  ask(question: Question & { ask: 'overview' }): Promise<Overview>;
  ask(question: Question & { ask: 'rows' }): Promise<Rows>;
  ask(question: Question): Promise<Overview | Rows> {
    const answer = this.#turn.then(() => this.#askNow(question));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  close(): void {
    this.#thread?.terminate();
    this.#thread = undefined;
  }

  async #askNow(question: Question): Promise<Overview | Rows> {
    this.#thread ??= new DatabaseThread();
    const asked: Asked = { file: this.#file, question };
    const answered = await askWorker<Answered>(this.#thread, asked, PATIENCE_MS).catch((error) => {
      this.close();
      throw error instanceof TooSlow
        ? new Error('The database takes too long to answer. Download it to look into it.')
        : error;
    });
    if ('failure' in answered) throw new Error(answered.failure);
    return answered.answer;
  }
}
