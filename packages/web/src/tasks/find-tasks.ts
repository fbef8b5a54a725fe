import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import {
  countTasks,
  findTasks,
  readTask,
  type TaskRowFragment,
  type TasksFilterInput,
} from './generated/operations.ts';
import { hasEnded } from './task-state.tsx';

/** Changes come by themselves (`live-tasks.ts`); where they can't, lists are asked for this often. */
const ASK_AGAIN_MS = { running: 5000, quiet: 30_000 };

/** A page of tasks, the newest first. */
export function useTasks(filters: TasksFilterInput, limit: number, offset = 0) {
  return useQuery({
    queryKey: ['tasks', 'list', filters, limit, offset],
    queryFn: async ({ signal }): Promise<readonly TaskRowFragment[]> =>
      (await ask(findTasks, { filters, limit, offset }, signal)).tasks.tasksData,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.some((task) => !hasEnded(task.taskStatus)) ? ASK_AGAIN_MS.running : ASK_AGAIN_MS.quiet,
  });
}

/** How many tasks there are; asked apart, so that rows never wait for it. */
export function useTaskCount(filters: TasksFilterInput) {
  return useQuery({
    queryKey: ['tasks', 'count', filters],
    queryFn: async ({ signal }) => (await ask(countTasks, { filters }, signal)).tasks.totalTasksCount,
    placeholderData: keepPreviousData,
  });
}

/** Everything about a task but what it printed. */
export function useTask(uuid: string) {
  return useQuery({
    queryKey: ['tasks', 'one', uuid],
    queryFn: async ({ signal }) => (await ask(readTask, { uuid }, signal)).task,
    refetchInterval: ({ state }) =>
      state.data && hasEnded(state.data.taskStatus) ? false : ASK_AGAIN_MS.running,
  });
}
