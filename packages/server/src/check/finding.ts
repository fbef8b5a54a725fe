/** What a check can find. Problems are damage; notes say what people may want to know, or what was done. */
export const findingKinds = {
  database: 'problem',
  counter: 'problem',
  missing: 'problem',
  changed: 'problem',
  unreadable: 'problem',
  extra: 'problem',
  leftover: 'problem',
  readable: 'problem',
  edited: 'problem',
  failed: 'problem',
  shared: 'note',
  copy: 'note',
  'by-hand': 'note',
  adopted: 'note',
} as const;

export type FindingKind = keyof typeof findingKinds;

/** What bytes are known by. */
export interface Bytes {
  /** In bytes. */
  readonly size: number;
  /** Lower-case hexadecimal; absent where nothing was hashed. */
  readonly sha256?: string;
}

/** One thing that a check has found. */
export interface Finding {
  readonly kind: FindingKind;
  /** What it is about: `EID/name`, a path on the disk, or a part of the database. */
  readonly subject: string;
  /** What is wrong with it, and what to do: a sentence for people that goes on where the subject ends. */
  readonly text: string;
  readonly eid?: string;
  /** Of the file in the record, or of what lies in the folder. */
  readonly name?: string;
  /** Where it lies on the disk. */
  readonly path?: string;
  readonly recorded?: Bytes;
  readonly found?: Bytes;
}

/** How far a check is. */
export interface CheckProgress {
  /** Files of the record that were looked at. */
  readonly files: number;
  /** How many there are to look at. */
  readonly totalFiles: number;
  /** Bytes of objects that were read. */
  readonly bytes: number;
}
