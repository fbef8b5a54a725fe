import { follow, subscribe } from '@aqueduct/client/protocol';
import type { InvalidateOptions } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connection } from '../session/ask.ts';
import { queryClient } from '../session/query-client.ts';
import { untilReachable } from '../session/reachability.ts';
import { type TaskRowFragment, taskChanges } from './generated/operations.ts';

/** A burst of changes is read once. */
const GATHER_MS = 400;

let viewers = 0;
let stream: AbortController | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Keeps everything that is read under the key `tasks` up to date while a component is there. All share one stream, for
 * a browser opens only six connections to a server, over all its tabs; a hidden page has none, and catches up when it
 * is looked at.
 */
export function useLiveTasks(): void {
  useEffect(() => {
    viewers += 1;
    adjust();
    return () => {
      viewers -= 1;
      adjust();
    };
  }, []);
}

document.addEventListener('visibilitychange', adjust);

function adjust(): void {
  const isWanted = viewers > 0 && document.visibilityState === 'visible';
  if (isWanted && !stream) {
    stream = new AbortController();
    void watch(stream.signal);
  } else if (!isWanted && stream) {
    stream.abort();
    stream = undefined;
  }
}

/** Refused or broken for good, it leaves the lists to be asked for now and then. */
async function watch(signal: AbortSignal): Promise<void> {
  const source = {
    async *subscribe() {
      for await (const { taskUpdated } of subscribe(connection, taskChanges, {}, signal)) yield taskUpdated;
    },
    async ask() {
      // What happened while there was no stream.
      await readAgain();
      await untilReachable(signal);
      return { items: [], isLast: false };
    },
  };
  try {
    // What is being read already is new enough.
    void readAgain({ cancelRefetch: false });
    for await (const task of follow<TaskRowFragment>(source, signal, Number.POSITIVE_INFINITY)) show(task);
  } catch (error) {
    if (!signal.aborted) console.info('Changes of tasks are not sent; they are asked for instead.', error);
  }
}

/** Shows a change where the task is listed already, and reads again the lists that it may belong to. */
function show(task: TaskRowFragment): void {
  queryClient.setQueriesData<readonly TaskRowFragment[]>({ queryKey: ['tasks', 'list'] }, (rows) =>
    rows?.map((row) => (row.uuid === task.uuid ? { ...row, ...task } : row)),
  );
  if (timer !== undefined) return;
  timer = setTimeout(() => {
    timer = undefined;
    void readAgain();
  }, GATHER_MS);
}

function readAgain(options?: InvalidateOptions): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['tasks'] }, options);
}
