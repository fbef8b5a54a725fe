import type { Generated } from 'kysely';

/** A flag: SQLite has no booleans. */
type Flag = 0 | 1;

/** Microseconds since 1970-01-01T00:00Z. */
type Microseconds = number;

interface UserTable {
  uuid: string;
  username: string;
  created_at: Microseconds;
}

export interface ExperimentTable {
  /** The microsecond of creation, moved on where it is taken: lists are ordered by it, and full-text rows lie by it. */
  id: number;
  uuid: string;
  eid: string;
  title: string;
  description: string;
  /** Folded title and EID, separated by a line break: what searches look at. */
  search_text: string;
  created_at: Microseconds;
  updated_at: Microseconds;
  created_by: string;
  archived: Flag;
  /** Counts changes of title and description. */
  version: number;
  /** Counts changes of anything, tags and files too: what is cached of an experiment holds for one revision. */
  revision: number;
}

interface TagTable {
  id: Generated<number>;
  /** The lower-cased name: the tag's identity. */
  key: string;
  /** The spelling of its first use. */
  name: string;
  live: number;
  archived: number;
}

interface ExperimentTagTable {
  tag_id: number;
  archived: Flag;
  experiment_id: number;
}

interface ExperimentCountTable {
  scope: 'all' | 'day';
  /** 0 for all, days since 1970 (UTC) for a day. */
  key: number;
  live: number;
  archived: number;
}

interface EidCounterTable {
  day: string;
  last_number: number;
}

export interface FileTable {
  id: Generated<number>;
  experiment_id: number;
  name: string;
  /** The name as a disk that ignores case and Unicode forms compares it. */
  folded_name: string;
  /** The name in the readable folder of the experiment. */
  readable_name: string;
  object_key: string;
  size: number;
  sha256: string;
  media_type: string;
  created_by: string;
  modified_at: Microseconds;
}

/** Bytes whose row is gone. They are removed after the commit; what a crash leaves is removed at the next start. */
interface DoomedObjectTable {
  object_key: string;
  /** `EID/name` of the file they belonged to. */
  readable_path: string;
  doomed_at: Microseconds;
}

interface EventTable {
  sequence: Generated<number>;
  kind: string;
  entity_id: string;
  at: Microseconds;
}

interface IdempotencyTable {
  user_uuid: string;
  key: string;
  step: number;
  input_hash: string;
  result_json: string;
  created_at: Microseconds;
}

interface MetaTable {
  key: string;
  value: string;
}

/** The tables of both engines. The full-text index of SQLite stands in `search.ts`. */
export interface Schema {
  user: UserTable;
  experiment: ExperimentTable;
  tag: TagTable;
  experiment_tag: ExperimentTagTable;
  experiment_count: ExperimentCountTable;
  eid_counter: EidCounterTable;
  file: FileTable;
  doomed_object: DoomedObjectTable;
  event: EventTable;
  idempotency: IdempotencyTable;
  meta: MetaTable;
}
