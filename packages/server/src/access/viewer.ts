import type { Scope } from '@aqueduct/contract';

/** Who is asking. */
export interface Viewer {
  /** Identifies the user; the single user of an installation without login has the nil UUID. */
  readonly uuid: string;
  readonly username: string;
  readonly scopes: ReadonlySet<Scope>;
}
