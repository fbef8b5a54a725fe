import type { Scope } from '@aqueduct/contract';

/** Who is asking. */
export interface Viewer {
  /** Identifies the user; the single user of an installation without login has the nil UUID. */
  readonly uuid: string;
  readonly username: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The task that acts for the user, where the token of one came with the request. */
  readonly taskUuid?: string;
  /** UUIDs of the only experiments that there are for the caller; absent where it is not narrowed. */
  readonly only?: ReadonlySet<string>;
}
