import { checkText, checkUuid } from '../check-arguments.ts';
import { checkOptions, type OptionChecks } from '../check-options.ts';
import type { Connection } from '../connection.ts';
import { RemoteOperationError } from '../errors/errors.ts';
import { attempt } from '../errors/failure.ts';
import { boundsOf, pageOptions, timeOptions } from '../find-options.ts';
import { findTasks, type TasksFilterInput } from '../generated/operations.ts';
import { type RequestOptions, requestOptions } from '../progress.ts';
import { Task } from './task.ts';

/** Options of `API.getTasks`; all that is given must hold. */
export interface FindTasksOptions extends RequestOptions {
  /** How many at most, 1 to 500; 10 if not given. */
  readonly limit?: number | undefined;
  /** How many to leave out from the newest on; 0 if not given. */
  readonly offset?: number | undefined;
  /** The whole name of the extension. */
  readonly extensionName?: string | undefined;
  /** The whole name of the action. */
  readonly actionName?: string | undefined;
  /** Name of the user who started it. */
  readonly username?: string | undefined;
  /** The experiment that it belongs to. */
  readonly experimentUuid?: string | undefined;
  /** Not submitted before this moment; a text is any ISO 8601 moment and keeps its microseconds. */
  readonly startDatetime?: Date | string | undefined;
  /** Not submitted after this moment; a `Date` stands for the whole of its millisecond. */
  readonly endDatetime?: Date | string | undefined;
}

const findTasksOptions: OptionChecks<FindTasksOptions> = {
  extensionName: checkText,
  actionName: checkText,
  username: checkText,
  experimentUuid: checkUuid,
  ...timeOptions,
  ...pageOptions,
  ...requestOptions,
};

export async function getTasks(connection: Connection, options: FindTasksOptions): Promise<Task[]> {
  checkOptions('options', options, findTasksOptions);
  const { limit = 10, offset = 0, signal } = options;
  const filters = filtersOf(options);
  const data = await attempt(RemoteOperationError, `find tasks at ${connection.place}`, () =>
    connection.graphql(findTasks, { limit, offset, filters }, { signal }),
  );
  return data.tasks.tasksData.map((identity) => new Task(connection, identity));
}

function filtersOf(options: FindTasksOptions): TasksFilterInput {
  const { extensionName, actionName, username, experimentUuid } = options;
  return {
    extensionName,
    actionName,
    username,
    experiment: experimentUuid === undefined ? undefined : { type: 'UUID', value: experimentUuid },
    ...boundsOf(options),
  };
}
