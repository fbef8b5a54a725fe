/** The current version of a file of an experiment. */
export interface StoredFile {
  readonly name: string;
  /** Where its bytes lie. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly mediaType: string;
  /** Name of the user who uploaded it. */
  readonly createdBy: string;
  /** The task that uploaded it; it may be gone. */
  readonly taskUuid: string | null;
  /** Microseconds since 1970-01-01T00:00Z. */
  readonly modifiedAt: number;
}
