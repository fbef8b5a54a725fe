/** Gives the time. In tests another clock can stand in the context. */
export interface Clock {
  /**
   * Microseconds since 1970-01-01T00:00Z; every call gives a later one, also when the system's clock is set back by up to
   * a day.
   */
  now(): number;
  /** The day in the server's time zone (`TZ`), as `YYYYMMDD`. */
  today(): string;
}

/** A clock that goes on after the moments of an earlier start. */
export interface SystemClock extends Clock {
  /**
   * Gives only moments after this one, so that a clock that is set back does not mix the order of what was made before
   * and after a restart. One that lies more than a day ahead does not count: then the clock was wrong before.
   */
  continueAfter(moment: number): void;
}

const MOST_AHEAD = 86_400 * 1_000_000;

/**
 * The system's clock, with microseconds that never repeat or go back while the process runs, unless the clock was more than
 * a day ahead: who sets it right wants right times.
 */
export function systemClock(): SystemClock {
  let last = 0;
  return {
    continueAfter(moment) {
      if (moment < Date.now() * 1000 + MOST_AHEAD) last = Math.max(last, moment);
    },
    now() {
      const real = Math.floor((performance.timeOrigin + performance.now()) * 1000) + drift();
      last = last - real > MOST_AHEAD ? real : Math.max(last + 1, real);
      return last;
    },
    today() {
      const day = new Date();
      const two = (value: number) => String(value).padStart(2, '0');
      return `${day.getFullYear()}${two(day.getMonth() + 1)}${two(day.getDate())}`;
    },
  };

  // performance.now() is monotone and so misses corrections of the system's clock: follow them when they pass 50 ms.
  function drift(): number {
    const difference = Date.now() - (performance.timeOrigin + performance.now());
    return Math.abs(difference) > 50 ? Math.round(difference * 1000) : 0;
  }
}
