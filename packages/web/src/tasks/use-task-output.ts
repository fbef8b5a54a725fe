import { follow, subscribe } from '@aqueduct/client/protocol';
import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { ask, connection } from '../session/ask.ts';
import { type ChunkFragment, readTaskOutput, taskOutput } from './generated/operations.ts';
import { OutputLog, type OutputView } from './output-log.ts';
import { hasEnded } from './task-state.tsx';

/** A page that is drawn more often than this is no more alive. */
const DRAW_EVERY_MS = 60;

interface TaskOutput extends OutputView {
  /** Whether nothing will follow. */
  readonly isComplete: boolean;
  /** Why it can not be read. */
  readonly error: unknown;
}

const NOTHING: TaskOutput = { blocks: [], omitted: 0, isComplete: false, error: undefined };

/**
 * What a task prints, as it prints it; the component must have the task's UUID as its key. It goes on behind what it
 * has when the connection was lost or the page was hidden, so that nothing is missing and nothing comes twice.
 */
export function useTaskOutput(uuid: string): TaskOutput {
  const [log] = useState(() => new OutputLog());
  const [output, setOutput] = useState(NOTHING);
  const isVisible = useDocumentVisibility() === 'visible';

  useEffect(() => {
    if (!isVisible) return undefined;
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = (end: Partial<TaskOutput> = {}) => {
      clearTimeout(timer);
      timer = undefined;
      setOutput({ ...NOTHING, ...log.view(), ...end });
    };
    (async () => {
      for await (const chunk of chunksOf(uuid, log, leaving.signal)) {
        log.append(chunk);
        timer ??= setTimeout(draw, DRAW_EVERY_MS);
      }
      draw({ isComplete: true });
    })().catch((error: unknown) => {
      if (!leaving.signal.aborted) draw({ error });
    });
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [uuid, log, isVisible]);
  return output;
}

function chunksOf(uuid: string, log: OutputLog, signal: AbortSignal) {
  return follow<ChunkFragment>(
    {
      async *subscribe() {
        const variables = { uuid, after: log.sequence };
        for await (const data of subscribe(connection, taskOutput, variables, signal)) yield data.taskOutput;
      },
      async ask() {
        const { task } = await ask(readTaskOutput, { uuid, after: log.sequence }, signal);
        const items = task?.output ?? [];
        // The server gives only so much at once: when it has ended, the rest may still be to come.
        return { items, isLast: (!task || hasEnded(task.taskStatus)) && items.length === 0 };
      },
    },
    signal,
    Number.POSITIVE_INFINITY,
  );
}
