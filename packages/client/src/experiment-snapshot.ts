import type { FileFactsFragment, SnapshotFragment } from './generated/operations.ts';

/** A file of an experiment. */
export interface ExperimentFile {
  readonly name: string;
  /** When these bytes were uploaded, to the millisecond. */
  readonly modifiedAt: Date;
  /** The same with its microseconds, as the server writes it: `2024-11-22T13:37:00.123456+00:00`. */
  readonly modifiedAtExact: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  /** The media type that a download is served with. */
  readonly mediaType: string;
  /** Name of the user who uploaded these bytes. */
  readonly createdBy: string;
}

/** Everything about an experiment at one moment. */
export interface ExperimentSnapshot {
  readonly uuid: string;
  readonly eid: string;
  readonly title: string;
  /** Markdown. */
  readonly description: string;
  /** Name of the user who created it. */
  readonly createdBy: string;
  /** When it was created, to the millisecond. */
  readonly createdAt: Date;
  /** The same with its microseconds, as the server writes it: `2024-11-22T13:37:00.123456+00:00`. */
  readonly createdAtExact: string;
  /** When title or description changed last, to the millisecond. */
  readonly updatedAt: Date;
  /** The same with its microseconds. */
  readonly updatedAtExact: string;
  readonly tags: readonly string[];
  readonly files: readonly ExperimentFile[];
  /** Whether the caller may change it. */
  readonly viewerCanEdit: boolean;
  /** Whether the caller may remove it. */
  readonly viewerCanDelete: boolean;
  /** Counts the changes of title and description; see `Experiment.update`. */
  readonly version: number;
}

export function snapshotOf(data: SnapshotFragment): ExperimentSnapshot {
  return {
    ...data,
    description: data.description ?? '',
    createdAt: new Date(data.createdAt),
    createdAtExact: data.createdAt,
    updatedAt: new Date(data.updatedAt),
    updatedAtExact: data.updatedAt,
    files: data.files.map(fileOf),
  };
}

export function fileOf(data: FileFactsFragment): ExperimentFile {
  return { ...data, modifiedAt: new Date(data.modifiedAt), modifiedAtExact: data.modifiedAt };
}
