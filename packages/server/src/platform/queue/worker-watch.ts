import type { TakenJob } from './job.queries.ts';

/** A worker is lost when so many of its heartbeats are missing. */
const LOST_AFTER_HEARTBEATS = 4;
/** What kept this worker from looking for longer may have kept the others from writing. */
const MOST_HEARTBEATS_BETWEEN_LOOKS = 2;

interface Sight {
  readonly seenAt: number | null;
  /** When this was seen for the first time, by the clock of this process. */
  readonly since: number;
}

/**
 * Tells which other workers are gone: those whose last heartbeat stays the same, while this one's own go on without a
 * gap. What stops all writes for a while makes nobody look dead, and no clocks are compared.
 */
export class WorkerWatch {
  readonly #heartbeatMs: number;
  #sights = new Map<string, Sight>();
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(heartbeatMs: number) {
    this.#heartbeatMs = heartbeatMs;
  }

  /**
   * Looks, after each own heartbeat, at the jobs of others; gives those whose worker is gone.
   *
   * @param now - In milliseconds, of a clock that nobody sets.
   */
  look(jobs: readonly TakenJob[], now = performance.now()): TakenJob[] {
    const isGap = now - this.#lookedAt > MOST_HEARTBEATS_BETWEEN_LOOKS * this.#heartbeatMs;
    const before = isGap ? new Map<string, Sight>() : this.#sights;
    this.#lookedAt = now;
    this.#sights = new Map(
      jobs.map(({ worker, seen_at: seenAt }) => {
        const known = before.get(worker);
        return [worker, known?.seenAt === seenAt ? known : { seenAt, since: now }];
      }),
    );
    const unseenFor = ({ worker }: TakenJob) => now - (this.#sights.get(worker)?.since ?? now);
    return jobs.filter((job) => unseenFor(job) >= LOST_AFTER_HEARTBEATS * this.#heartbeatMs);
  }
}
