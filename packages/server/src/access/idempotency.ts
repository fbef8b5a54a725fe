import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Clock } from '../platform/clock.ts';
import type { Database, Work } from '../platform/database/database.ts';
import { query } from '../platform/database/query.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';

const KEPT_FOR_MICROSECONDS = 7 * 86_400 * 1_000_000;
const LONGEST_KEY = 255;

/** A step of a key, or else any other one: all of them have the input of one request. */
const stepOrAny = query<{ user: string; key: string; step: number }>()((db, p) =>
  db
    .selectFrom('idempotency')
    .select(['step', 'input_hash', 'result_json'])
    .where('user_uuid', '=', p.user)
    .where('key', '=', p.key)
    .orderBy(sql`case step when ${p.step} then 0 else 1 end`)
    .limit(1),
);

const insertStep = query<{
  user: string;
  key: string;
  step: number;
  inputHash: string;
  result: string;
  now: number;
}>()((db, p) =>
  db.insertInto('idempotency').values({
    user_uuid: p.user,
    key: p.key,
    step: p.step,
    input_hash: p.inputHash,
    result_json: p.result,
    created_at: p.now,
  }),
);

const forget = query<{ before: number }>()((db, p) =>
  db.deleteFrom('idempotency').where('created_at', '<', p.before),
);

/**
 * Makes the writes of a request happen once, however often it is sent with the same key. The result of each write is
 * kept in the transaction of the write itself; a repeat takes these results and reads the rest anew, so that a crash
 * at any moment leaves nothing doubtful.
 */
export class Idempotency {
  readonly #key: string;
  readonly #user: string;
  readonly #clock: Clock;
  #steps = 0;
  #inputHash = '';

  constructor(key: string, user: string, clock: Clock) {
    if (key.length === 0 || key.length > LONGEST_KEY || !/^[\x20-\x7e]*$/.test(key)) {
      throw new AqueductError(
        'BAD_INPUT',
        `The header Idempotency-Key takes 1 to ${LONGEST_KEY} visible ASCII characters, for example a UUID.`,
      );
    }
    this.#key = key;
    this.#user = user;
    this.#clock = clock;
  }

  /** Says what the request asks for; must be called before its first write. */
  describeInput(...parts: readonly string[]): void {
    this.#inputHash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  }

  /** The work, to be run only if this step of this key was not done yet. */
  once<T>(work: Work<T>): Work<T> {
    const number = this.#steps++;
    return async (tx) => {
      const known = await tx.first(stepOrAny, { user: this.#user, key: this.#key, step: number });
      if (known && known.input_hash !== this.#inputHash) {
        throw new AqueductError(
          'KEY_REUSED',
          `The Idempotency-Key "${this.#key}" was used with other input before. Use a new key for a new request.`,
        );
      }
      if (known?.step === number) return JSON.parse(known.result_json) as T;
      const result = await work(tx);
      await tx.run(insertStep, {
        user: this.#user,
        key: this.#key,
        step: number,
        inputHash: this.#inputHash,
        result: JSON.stringify(result ?? null),
        now: this.#clock.now(),
      });
      return result;
    };
  }
}

/** Forgets keys older than 7 days. */
export async function forgetOldKeys(db: Database, clock: Clock): Promise<void> {
  await db.write((tx) => tx.run(forget, { before: clock.now() - KEPT_FOR_MICROSECONDS }));
}
