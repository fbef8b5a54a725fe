import { AqueductError } from '../platform/errors/aqueduct-error.ts';

/**
 * How much one answer of GraphQL may hold, where a plain field of an object counts 1; `answer-costs.ts` says what counts
 * more. Types lead to each other, so that a short query can ask for more than any memory holds. A list of 20,000 tasks or
 * files takes about half of it; at the limit, an answer keeps a server busy for one or two seconds.
 */
const MOST = 5_000_000;

/** Counts what an answer holds while it is made. Without a beginning, as in REST, there is no limit. */
export class AnswerBudget {
  #left = Number.POSITIVE_INFINITY;

  /** Begins an answer, or the next one of a stream. */
  begin(): void {
    this.#left = MOST;
  }

  /**
   * Takes from what is left; false where that was not enough. Then the answer will be refused, and lists for it may be
   * empty.
   */
  spend(cost: number): boolean {
    this.#left -= cost;
    return this.#left >= 0;
  }

  /** Why the answer is refused; undefined where it holds no more than it may. */
  get refusal(): AqueductError | undefined {
    if (this.#left >= 0) return undefined;
    return new AqueductError(
      'BAD_INPUT',
      'This asks for more than one answer may hold. Ask for fewer objects at once, or for fewer fields of each.',
    );
  }

  /** How many rows are worth reading where each costs so much: one more than there is room for. */
  rowsToRead(cost: number): number {
    return Math.min(Math.floor(Math.max(this.#left, 0) / cost) + 1, Number.MAX_SAFE_INTEGER);
  }
}
