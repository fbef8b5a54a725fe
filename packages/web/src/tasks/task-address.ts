import { serverAddress } from '../session/base.ts';

/** The address under which a task can be shared. */
export function taskAddress(uuid: string): string {
  return `${serverAddress}/aqd/task-history?task=${encodeURIComponent(uuid)}`;
}

/** The address of the history of one experiment's tasks. */
export function taskHistoryOf(experimentUuid: string): string {
  return `${serverAddress}/aqd/task-history?experiment=${experimentUuid}`;
}
