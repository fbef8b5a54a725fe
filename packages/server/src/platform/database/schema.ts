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
  scope: 'all' | 'day' | 'span';
  /** 0 for all, days since 1970 (UTC) for a day, thirty-seconds of that for a span of 32 days. */
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
  /** The readable name as a disk that ignores case and Unicode forms compares it: no two of an experiment are the same. */
  folded_name: string;
  /** The name in the readable folder of the experiment. */
  readable_name: string;
  object_key: string;
  size: number;
  sha256: string;
  media_type: string;
  created_by: string;
  modified_at: Microseconds;
  /** The task that uploaded this version; it may be gone. */
  task_uuid: string | null;
}

/** Bytes whose row is gone. They are removed after the commit; what a crash leaves is removed at the next start. */
interface DoomedObjectTable {
  object_key: string;
  /** `EID/name` of the file they belonged to; `EID/` of what was never one. */
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

export type TaskStatus = 'FAILURE' | 'PENDING' | 'RECEIVED' | 'REVOKED' | 'STARTED' | 'SUCCESS';

export interface TaskTable {
  /** The microsecond in which it was received, moved on where it is taken: lists are ordered by it. */
  id: number;
  uuid: string;
  experiment_id: number;
  extension_name: string;
  action_name: string;
  /** The declared parameters as they were, each with its value. */
  parameters_json: string;
  /** As the manifest had it. */
  script: string;
  created_by: string;
  received_at: Microseconds;
  started_at: Microseconds | null;
  ended_at: Microseconds | null;
  status: TaskStatus;
  result_code: number | null;
  cancel_requested_at: Microseconds | null;
  /** Whether it was called in the blocking form, which saves a log file. */
  is_blocking: Flag;
  log_file: string | null;
  /** Whether its token is good for the experiments among its parameters only. */
  is_narrowed: Flag;
  rerun_of: string | null;
  extension_hash: string | null;
  interpreter: string | null;
  packages_json: string;
  server_version: string;
}

/** What the embedded queue knows of work that has not ended. */
interface JobTable {
  id: number;
  /** The data folder whose server received it, and runs it. */
  home: string;
  /** The start of the server that has taken it. */
  worker: string | null;
  cancelled: Flag;
}

/** Starts of servers that take jobs. */
interface WorkerTable {
  id: string;
  home: string;
  seen_at: Microseconds;
}

interface TaskOutputTable {
  task_id: number;
  sequence: number;
  /** 1 is standard output, 2 standard error. */
  stream: 1 | 2;
  /** UTF-8; PostgreSQL has no NUL in its texts. */
  bytes: Buffer;
  written_at: Microseconds;
}

/** A removed task whose output is still to be deleted. */
interface DoomedOutputTable {
  task_id: number;
}

/** A version of a file that a task was given, has read or has uploaded; the file itself may be gone. */
interface TaskFileTable {
  task_id: number;
  role: 'input' | 'output';
  experiment_uuid: string;
  eid: string;
  name: string;
  sha256: string;
  size: number;
  given: Flag;
  /** When it was read or uploaded. */
  at: Microseconds | null;
}

/** What a task shows to act for its starter; gone when the task has ended. */
interface TaskTokenTable {
  /** SHA-256 of the token, lower-case hexadecimal. */
  token_hash: string;
  task_uuid: string;
  user_uuid: string;
  /** UUIDs of the only experiments that it is good for; null where it is good for all of its starter's. */
  experiments_json: string | null;
}

/** A file that comes in pieces. Its row stays for a while when it is there: the last answer may have been lost. */
export interface UploadTable {
  /** Also names its bytes, until they are an object. */
  id: string;
  experiment_id: number;
  name: string;
  /** Bytes of the whole file. */
  size: number;
  /** Bytes that survive a power cut. All of them only once the file is in the record. */
  received: number;
  /** What its sender said about it: names with their values, or null. */
  metadata_json: string;
  /** What its sender says that the whole has, lower-case hexadecimal. */
  promised_sha256: string | null;
  /** Set when the last byte is durable, before anything else happens; null again once the object is that of a file. */
  object_key: string | null;
  /** Of all bytes, since then. */
  sha256: string | null;
  created_by: string;
  touched_at: Microseconds;
  is_finished: Flag;
  /** The server that adds bytes now, or takes them over to do so (see `holdUpload`); null where none does. */
  writer: string | null;
}

/** The tables of both engines. The full-text index of SQLite stands in `search-index.ts`. */
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
  task: TaskTable;
  job: JobTable;
  worker: WorkerTable;
  task_output: TaskOutputTable;
  doomed_output: DoomedOutputTable;
  task_file: TaskFileTable;
  task_token: TaskTokenTable;
  upload: UploadTable;
}
