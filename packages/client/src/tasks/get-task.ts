import { checkUuid } from '../check-arguments.ts';
import { checkOptions } from '../check-options.ts';
import type { Connection } from '../connection.ts';
import { RemoteOperationError } from '../errors/errors.ts';
import { attempt } from '../errors/failure.ts';
import { identifyTask } from '../generated/operations.ts';
import { type RequestOptions, requestOptions } from '../progress.ts';
import { readTask } from './read-task.ts';
import { Task } from './task.ts';

export async function getTask(
  connection: Connection,
  taskId: string,
  options: RequestOptions,
): Promise<Task> {
  checkUuid('taskId', taskId);
  checkOptions('options', options, requestOptions);
  const identity = await attempt(RemoteOperationError, `get task ${taskId} at ${connection.place}`, () =>
    readTask(connection, identifyTask, { uuid: taskId }, options),
  );
  return new Task(connection, identity);
}
