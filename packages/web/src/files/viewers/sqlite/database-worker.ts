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

  #askNow(question: Question): Promise<Overview | Rows> {
    this.#thread ??= new DatabaseThread();
    const thread = this.#thread;
    return new Promise((resolve, reject) => {
      const end = (error?: Error) => {
        clearTimeout(timer);
        thread.onmessage = null;
        thread.onerror = null;
        if (!error) return;
        this.close();
        reject(error);
      };
      const timer = setTimeout(
        () => end(new Error('The database takes too long to answer. Download it to look into it.')),
        PATIENCE_MS,
      );
      thread.onerror = (event) => {
        event.preventDefault();
        end(new Error(`The reader of databases ended: ${event.message || 'it could not be loaded'}.`));
      };
      thread.onmessage = ({ data }: MessageEvent<Answered>) => {
        end();
        if ('answer' in data) resolve(data.answer);
        else reject(new Error(data.failure));
      };
      thread.postMessage({ file: this.#file, question } satisfies Asked);
    });
  }
}
