/** An experiment as the API shows it. */
export interface Experiment {
  /** Its place in lists: the microsecond of its creation. Internal. */
  readonly id: number;
  readonly uuid: string;
  readonly eid: string;
  readonly title: string;
  readonly description: string;
  /** Microseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
  /** Microseconds since 1970-01-01T00:00Z. */
  readonly updatedAt: number;
  /** The author's user name. */
  readonly createdBy: string;
  readonly createdByUuid: string;
  readonly archived: 0 | 1;
  /** In the spelling of their first use, sorted without regard to case. */
  readonly tags: readonly string[];
  /** Counts changes of title and description. */
  readonly version: number;
  /** Counts changes of anything: what is cached holds for one revision. */
  readonly revision: number;
}
