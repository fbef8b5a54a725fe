import type { Pool, QueryConfig, QueryResult } from 'pg';
import { AqueductError } from '../errors/aqueduct-error.ts';

/** How long a query waits behind others, with whom the database goes on. */
const MOST_WAIT_MS = 30_000;

interface Waiting {
  begin(): void;
  reject(error: unknown): void;
}

/**
 * Runs long queries on the connections of a pool, each in its turn. The pool alone lets nobody wait longer for those of
 * others than for a new one, which is there in a moment or not at all.
 */
export class PatientPool {
  readonly #pool: Pool;
  #running = 0;
  #waiting: Waiting[] = [];

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** @throws AqueductError `UNAVAILABLE` when it has waited for half a minute. */
  async query(query: QueryConfig): Promise<QueryResult> {
    await this.#turn();
    try {
      return await this.#run(query);
    } finally {
      const next = this.#waiting.shift();
      if (next) next.begin();
      else this.#running -= 1;
    }
  }

  async #run(query: QueryConfig): Promise<QueryResult> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      // Nobody else would get one either, and each would wait as long again for nothing.
      for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
      throw error;
    });
    try {
      const result = await client.query(query);
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  #turn(): Promise<void> {
    if (this.#running < this.#pool.options.max) {
      this.#running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const expires = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(tooManyBefore());
      }, MOST_WAIT_MS);
      const waiting: Waiting = {
        begin() {
          clearTimeout(expires);
          resolve();
        },
        reject(error) {
          clearTimeout(expires);
          reject(error);
        },
      };
      this.#waiting.push(waiting);
    });
  }
}

function tooManyBefore(): AqueductError {
  return new AqueductError(
    'UNAVAILABLE',
    'The database is busy with other searches. Try again in a few seconds.',
    { retryAfter: 2 },
  );
}
