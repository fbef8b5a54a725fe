import type { Canary } from './canary.ts';

/** What an attack may be made with. */
export interface AttackFacts {
  /** Another host, which nothing may reach. */
  readonly canary: Canary;
  /** The server under attack. */
  readonly server: string;
  /** A title that no experiment has, and none may ever get. */
  readonly title: string;
}

/** A file that means harm. */
export interface Attack {
  /** What it tries, for the report. */
  readonly what: string;
  /** The name of the file. */
  readonly file: string;
  readonly content: (
    facts: AttackFacts,
  ) => string | Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
  /** Takes long, or is a variant of another: it runs only with the faults in full. */
  readonly isLong?: boolean;
}

/** Marks an attack as one that runs only with the faults in full. */
export function onlyInFull(attack: Attack): Attack {
  return { ...attack, isLong: true };
}
