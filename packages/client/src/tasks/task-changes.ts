import type { Connection } from '../connection.ts';
import { fetchTask, readTaskOutput, taskOutput, taskUpdated } from '../generated/operations.ts';
import { follow } from '../live/follow.ts';
import { subscribe } from '../live/subscribe.ts';
import { readTask } from './read-task.ts';
import {
  chunkOf,
  hasEnded,
  type TaskOutputChunk,
  type TaskSnapshot,
  taskSnapshotOf,
} from './task-snapshot.ts';

/** A task as far as following it needs. */
export interface FollowedTask {
  readonly connection: Connection;
  readonly uuid: string;
}

/** The states of a task, from now until it has ended. */
export function taskStates(
  { connection, uuid }: FollowedTask,
  signal: AbortSignal | undefined,
): AsyncGenerator<TaskSnapshot, void, undefined> {
  return follow(
    {
      async *subscribe() {
        for await (const data of subscribe(connection, taskUpdated, { uuid }, signal))
          yield taskSnapshotOf(data.taskUpdated);
      },
      async ask() {
        const snapshot = taskSnapshotOf(await readTask(connection, fetchTask, { uuid }, { signal }));
        return { items: [snapshot], isLast: hasEnded(snapshot.taskStatus) };
      },
    },
    signal,
  );
}

/** What a task prints behind a number, until it has ended: no piece is left out and none comes twice. */
export function taskChunks(
  { connection, uuid }: FollowedTask,
  after: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<TaskOutputChunk, void, undefined> {
  let last = after;
  const seen = (chunk: TaskOutputChunk) => {
    last = chunk.sequence;
    return chunk;
  };
  return follow(
    {
      async *subscribe() {
        for await (const data of subscribe(connection, taskOutput, { uuid, after: last }, signal))
          yield seen(chunkOf(data.taskOutput));
      },
      async ask() {
        const task = await readTask(connection, readTaskOutput, { uuid, after: last }, { signal });
        const items = task.output.map((data) => seen(chunkOf(data)));
        // The server gives only so much at once: when it has ended, the rest may still be to come.
        return { items, isLast: hasEnded(task.taskStatus) && items.length === 0 };
      },
    },
    signal,
  );
}
