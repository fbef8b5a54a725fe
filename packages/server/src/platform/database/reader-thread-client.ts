import { Worker } from 'node:worker_threads';
import { AqueductError } from '../errors/aqueduct-error.ts';
import type { Executor } from './database.ts';
import { bind, type Query } from './query.ts';
import type { ReaderAnswer, ReaderRequest } from './reader-thread.ts';
import { sqliteValue } from './sqlite.ts';

interface Pending {
  resolve(rows: unknown[]): void;
  reject(error: Error): void;
}

/** Runs slow reads of SQLite in a thread of its own, which starts with the first of them. */
export class ReaderThread implements Executor {
  readonly engine = 'sqlite';
  readonly #path: string;
  #worker: Worker | undefined;
  #pending = new Map<number, Pending>();
  #requests = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async all<P extends object, Row>(query: Query<P, Row>, params: P): Promise<Row[]> {
    const statement = query.on('sqlite');
    const request: ReaderRequest = {
      id: ++this.#requests,
      sql: statement.sql,
      values: bind(statement, params).map(sqliteValue),
    };
    this.#worker ??= this.#start();
    this.#worker.ref();
    const rows = new Promise<unknown[]>((resolve, reject) => {
      this.#pending.set(request.id, { resolve, reject });
    });
    this.#worker.postMessage(request);
    return (await rows) as Row[];
  }

  async first<P extends object, Row>(query: Query<P, Row>, params: P): Promise<Row | undefined> {
    return (await this.all(query, params))[0];
  }

  async run(): Promise<number> {
    throw new Error('The reader thread only reads.');
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    // Beside this module: as a source file in tests, as a bundle in an installation.
    const file = import.meta.url.endsWith('.ts') ? './reader-thread.ts' : './reader-thread.js';
    const worker = makeWorker(new URL(file, import.meta.url), { path: this.#path });
    worker.on('message', (answer: ReaderAnswer) => {
      const pending = this.#pending.get(answer.id);
      this.#pending.delete(answer.id);
      if (this.#pending.size === 0) worker.unref();
      if ('rows' in answer) pending?.resolve(answer.rows);
      else pending?.reject(Object.assign(new Error(answer.message), { code: answer.code }));
    });
    worker.on('error', (error) => {
      this.#worker = undefined;
      for (const pending of this.#pending.values()) pending.reject(notThere(error));
      this.#pending.clear();
    });
    return worker;
  }
}

/** Without a descriptor a thread ends as it begins; where the system lets none begin, as at its limit, it is not made. */
function makeWorker(file: URL, workerData: object): Worker {
  try {
    return new Worker(file, { workerData });
  } catch (error) {
    throw notThere(error);
  }
}

/** It answers for failures of its queries: what ends it is the want of something, of descriptors or memory say. */
function notThere(cause: unknown): AqueductError {
  return new AqueductError(
    'UNAVAILABLE',
    'The server has no means for a longer look at the database right now. Try again in a few seconds.',
    { cause, retryAfter: 2 },
  );
}
