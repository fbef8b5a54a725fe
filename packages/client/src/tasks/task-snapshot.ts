import type { ExtensionParameter } from '../extensions/extension.ts';
import type {
  ChunkFactsFragment,
  TaskFactsFragment,
  TaskIdentityFragment,
  TaskStatus,
} from '../generated/operations.ts';

/** A parameter of a task, with the value that it was given. */
export interface TaskParameter {
  readonly key: ExtensionParameter;
  readonly value: string;
}

/** A version of a file that a task was given, or has read. */
export interface TaskInputFile {
  readonly eid: string;
  readonly experimentUuid: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  /** Whether a parameter of type `file` named it when the task started. */
  readonly given: boolean;
  /** When the task downloaded it first; null where it did not. */
  readonly readAt: Date | null;
}

/** A version of a file that a task has uploaded. */
export interface TaskOutputFile {
  readonly eid: string;
  readonly experimentUuid: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly uploadedAt: Date;
}

/** What a task ran in. Null is what was not known before it started. */
export interface TaskEnvironment {
  /** The shell script of the action, as the manifest had it. */
  readonly script: string;
  /** SHA-256 over the extension's folder, without environments and caches, in lower-case hexadecimal. */
  readonly extensionHash: string | null;
  /** What ran the script: `sh`, with the version of Python or Node where it uses one. */
  readonly interpreter: string | null;
  /** Installed packages as `name==version`, sorted. */
  readonly packages: readonly string[];
  /** Version of the server. */
  readonly serverVersion: string;
}

/** Everything about a task at one moment. */
export interface TaskSnapshot {
  readonly uuid: string;
  /** EID of the experiment that it belongs to. */
  readonly eid: string;
  readonly experimentUuid: string;
  readonly extensionName: string;
  readonly actionName: string;
  readonly parameters: readonly TaskParameter[];
  /** Name of the user who started it. */
  readonly createdBy: string;
  /** When it was submitted, to the millisecond. */
  readonly receivedAt: Date;
  /** The same with its microseconds, as the server writes it: `2024-11-22T13:37:00.123456+00:00`. */
  readonly receivedAtExact: string;
  readonly taskStatus: TaskStatus;
  /** When its process was started; null where it never was. */
  readonly startedAt: Date | null;
  /** Null until it has ended; so are `resultCode`, `stdOut` and `stdErr`. */
  readonly endedAt: Date | null;
  /** The exit code; a negative number is the signal that ended it. Also null where no process ended. */
  readonly resultCode: number | null;
  readonly stdOut: string | null;
  readonly stdErr: string | null;
  /** Files that it was given or has read. */
  readonly inputs: readonly TaskInputFile[];
  /** Files that it has uploaded. */
  readonly outputs: readonly TaskOutputFile[];
  readonly environment: TaskEnvironment;
  /** UUID of the task that it repeats; null where it repeats none. */
  readonly rerunOf: string | null;
  /** Whether the caller may cancel it, and it has not ended. */
  readonly viewerCanCancel: boolean;
}

/** A piece of what a task has printed. */
export interface TaskOutputChunk {
  /** Counts the pieces from 1, over both streams. */
  readonly sequence: number;
  readonly stream: 'stdout' | 'stderr';
  /** Often lines, but a piece may end anywhere. Bytes that are no UTF-8 are U+FFFD. */
  readonly text: string;
  readonly writtenAt: Date;
}

export function hasEnded(status: TaskStatus): boolean {
  return status === 'SUCCESS' || status === 'FAILURE' || status === 'REVOKED';
}

export function parametersOf(data: TaskIdentityFragment['parameters']): TaskParameter[] {
  return data.map(({ key, value }) => ({ key, value: value ?? '' }));
}

export function taskSnapshotOf({ experiment, ...data }: TaskFactsFragment): TaskSnapshot {
  return {
    ...data,
    eid: experiment.eid,
    experimentUuid: experiment.uuid,
    parameters: parametersOf(data.parameters),
    receivedAt: new Date(data.receivedAt),
    receivedAtExact: data.receivedAt,
    startedAt: dateOf(data.startedAt),
    endedAt: dateOf(data.endedAt),
    inputs: data.inputs.map((file) => ({ ...file, readAt: dateOf(file.readAt) })),
    outputs: data.outputs.map((file) => ({ ...file, uploadedAt: new Date(file.uploadedAt) })),
    rerunOf: data.rerunOf?.uuid ?? null,
  };
}

export function chunkOf({ stream, writtenAt, ...chunk }: ChunkFactsFragment): TaskOutputChunk {
  return { ...chunk, stream: stream === 'STDERR' ? 'stderr' : 'stdout', writtenAt: new Date(writtenAt) };
}

export function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
