import type { Sign } from './job.queries.ts';

/** What kept this worker from looking for longer may have kept the others from writing. */
const MOST_HEARTBEATS_BETWEEN_LOOKS = 2;

interface Sight {
  readonly seenAt: number | null;
  /** When this was seen for the first time, by the clock of this process. */
  readonly since: number;
  readonly hasMoved: boolean;
}

/**
 * Tells how long nothing was seen of others: their last heartbeat stays the same, while this worker's own go on without
 * a gap. What stops all writes for a while makes nobody look dead, and no clocks are compared.
 */
export class WorkerWatch {
  readonly #heartbeatMs: number;
  #sights = new Map<string, Sight>();
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(heartbeatMs: number) {
    this.#heartbeatMs = heartbeatMs;
  }

  /**
   * Looks at others, after each own heartbeat.
   *
   * @param now - In milliseconds, of a clock that nobody sets.
   */
  look(signs: readonly Sign[], now = performance.now()): void {
    const isGap = now - this.#lookedAt > MOST_HEARTBEATS_BETWEEN_LOOKS * this.#heartbeatMs;
    const before = this.#sights;
    this.#lookedAt = now;
    this.#sights = new Map(
      signs.map((sign) => {
        const seenAt = sign.seen_at;
        const known = before.get(keyOf(sign));
        const isSame = known?.seenAt === seenAt;
        const since = isSame && !isGap ? known.since : now;
        const hasMoved = known !== undefined && (known.hasMoved || !isSame);
        return [keyOf(sign), { seenAt, since, hasMoved }];
      }),
    );
  }

  /** For how many milliseconds nothing was seen of somebody who was among those at the last look. */
  unseenFor(sign: Sign): number {
    return this.#lookedAt - (this.#sights.get(keyOf(sign))?.since ?? this.#lookedAt);
  }

  /** Whether a heartbeat was seen since the first look at somebody, not only the trace of an earlier one. */
  hasMoved(sign: Sign): boolean {
    return this.#sights.get(keyOf(sign))?.hasMoved ?? false;
  }
}

function keyOf({ worker, home }: Sign): string {
  return worker ?? home;
}
