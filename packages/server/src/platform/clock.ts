/** Gives the time. In tests another clock can stand in the context. */
export interface Clock {
  /** Microseconds since 1970-01-01T00:00Z; every call gives a later one, also when the system's clock is set back. */
  now(): number;
  /** The day in the server's time zone (`TZ`), as `YYYYMMDD`. */
  today(): string;
}

/** The system's clock, with microseconds that never repeat or go back while the process runs. */
export function systemClock(): Clock {
  let last = 0;
  return {
    now() {
      last = Math.max(last + 1, Math.floor((performance.timeOrigin + performance.now()) * 1000) + drift());
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
