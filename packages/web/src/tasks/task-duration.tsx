import { useEffect, useState } from 'react';
import { durationText } from './duration-text.ts';
import type { TaskRowFragment } from './generated/operations.ts';
import { hasEnded } from './task-state.tsx';

type TaskDurationProps = Pick<TaskRowFragment, 'taskStatus' | 'startedAt' | 'endedAt'>;

/** How long a task has run, counting on while it does; nothing for one whose process was never started. */
export function TaskDuration({ taskStatus, startedAt, endedAt }: TaskDurationProps) {
  const isRunning = !hasEnded(taskStatus) && startedAt !== null;
  const now = useNow(isRunning);
  if (startedAt === null) return <span>–</span>;
  const begin = Date.parse(startedAt);
  // The clocks of server and viewer may differ a little.
  const seconds = Math.max(0, (endedAt === null ? now : Date.parse(endedAt)) - begin) / 1000;
  return <span>{durationText(isRunning ? Math.floor(seconds) : seconds)}</span>;
}

function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isTicking) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
