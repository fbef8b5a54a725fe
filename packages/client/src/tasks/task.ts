import { checkInteger } from '../check-arguments.ts';
import { checkOptions, type OptionChecks } from '../check-options.ts';
import type { Connection } from '../connection.ts';
import { RemoteOperationError } from '../errors/errors.ts';
import { attempt, presented } from '../errors/failure.ts';
import { mayRunAllTheSame } from '../errors/may-run-all-the-same.ts';
import { Experiment } from '../experiment.ts';
import { givenPairs, type ParameterValues } from '../extensions/parameter-values.ts';
import {
  cancelTask,
  fetchTask,
  readEndedAt,
  readResultCode,
  readStdErr,
  readStdOut,
  readTaskStatus,
  rerunTask,
  type TaskIdentityFragment,
  type TaskStatus,
} from '../generated/operations.ts';
import type { Operation } from '../operation.ts';
import { type RequestOptions, requestOptions } from '../progress.ts';
import { readTask } from './read-task.ts';
import { type FollowedTask, taskChunks } from './task-changes.ts';
import {
  dateOf,
  parametersOf,
  type TaskOutputChunk,
  type TaskParameter,
  type TaskSnapshot,
  taskSnapshotOf,
} from './task-snapshot.ts';
import { type WaitOptions, waitForTask, waitOptions } from './wait-for-task.ts';

/** Options of `Task.output`. */
export interface OutputOptions extends RequestOptions {
  /** The `sequence` behind which to begin; 0, the beginning, if not given. */
  readonly after?: number | undefined;
}

const outputOptions: OptionChecks<OutputOptions> = { after: checkInteger(0), ...requestOptions };

/**
 * A run of an action. What was asked for is fixed; how it is going is asked for when it is read. In the examples of its
 * methods `task` is what it is here.
 *
 * @example
 * ```ts
 * import { API } from '@aqueduct/client';
 *
 * const api = new API('http://localhost:8000');
 * const experiment = await api.createExperiment('Rabi oscillation', '');
 * const action = await api.getAction('Echo', 'print');
 * const task = await action.submit({ experiment });
 * console.log(task.uuid, task.receivedAt, await task.taskStatus);
 * ```
 */
export class Task {
  /** Lower-case and hyphenated. */
  readonly uuid: string;
  /** The experiment that it belongs to. */
  readonly experiment: Experiment;
  readonly extensionName: string;
  readonly actionName: string;
  /** The parameters of the action, as they were declared when it was submitted, and their values. */
  readonly parameters: readonly TaskParameter[];
  /** Name of the user who started it. */
  readonly createdBy: string;
  /** When it was submitted with its microseconds, as the server writes it: `2024-11-22T13:37:00.123456+00:00`. */
  readonly receivedAtExact: string;
  readonly #connection: Connection;

  constructor(connection: Connection, data: TaskIdentityFragment) {
    this.#connection = connection;
    this.uuid = data.uuid;
    this.experiment = new Experiment(connection, data.experiment);
    this.extensionName = data.extensionName;
    this.actionName = data.actionName;
    this.parameters = parametersOf(data.parameters);
    this.createdBy = data.createdBy;
    this.receivedAtExact = data.receivedAt;
    Object.freeze(this);
  }

  /** When it was submitted, to the millisecond: a `Date` knows no microseconds. */
  get receivedAt(): Date {
    return new Date(this.receivedAtExact);
  }

  /**
   * How it is going, read live: `PENDING` or `RECEIVED` before it runs, `STARTED`, and at the end `SUCCESS`, `FAILURE`
   * or, when it was cancelled, `REVOKED`.
   */
  get taskStatus(): Promise<TaskStatus> {
    return this.#read('status', readTaskStatus).then(({ taskStatus }) => taskStatus);
  }

  /** The exit code, read live; null until it has ended. A negative number is the signal that ended it. */
  get resultCode(): Promise<number | null> {
    return this.#read('result code', readResultCode).then(({ resultCode }) => resultCode);
  }

  /** When it ended, read live; null until then. */
  get endedAt(): Promise<Date | null> {
    return this.#read('time of end', readEndedAt).then(({ endedAt }) => dateOf(endedAt));
  }

  /** All it printed to standard output, read live; null until it has ended. {@link output} gives it as it comes. */
  get stdOut(): Promise<string | null> {
    return this.#read('standard output', readStdOut).then(({ stdOut }) => stdOut);
  }

  /** All it printed to standard error, read live; null until it has ended. */
  get stdErr(): Promise<string | null> {
    return this.#read('standard error', readStdErr).then(({ stdErr }) => stdErr);
  }

  /**
   * Everything about the task at one moment, in one request: also what it ran in, and which files it was given, read
   * and uploaded.
   *
   * @throws RemoteOperationError if its experiment was removed, or the server can not be reached.
   *
   * @example
   * ```ts
   * const { taskStatus, inputs, outputs, environment } = await task.fetch();
   * console.log(taskStatus, inputs, outputs, environment.interpreter, environment.packages);
   * ```
   */
  async fetch(options: RequestOptions = {}): Promise<TaskSnapshot> {
    checkOptions('options', options, requestOptions);
    return taskSnapshotOf(await this.#read('data', fetchTask, options));
  }

  /**
   * Waits until the task has ended, well or not. A connection that is lost meanwhile is made again.
   *
   * @returns What the task is then.
   * @throws RemoteOperationError with the code `TIMEOUT` if it has not ended within the timeout.
   *
   * @example
   * ```ts
   * const { taskStatus, resultCode, stdErr } = await task.wait({ timeout: 3600 });
   * if (taskStatus !== 'SUCCESS') console.error(resultCode, stdErr);
   * ```
   */
  async wait(options: WaitOptions = {}): Promise<TaskSnapshot> {
    checkOptions('options', options, waitOptions);
    return this.#attempt('wait for', () => waitForTask(this.#followed, options));
  }

  /**
   * What the task prints, while it prints it, until it has ended. A connection that is lost meanwhile is made again,
   * and nothing is left out or comes twice.
   *
   * @throws RemoteOperationError if the server can not be reached for about a minute.
   *
   * @example
   * ```ts
   * for await (const { stream, text } of task.output()) process[stream].write(text);
   * console.log(await task.taskStatus);
   * ```
   */
  output(options: OutputOptions = {}): AsyncGenerator<TaskOutputChunk, void, undefined> {
    checkOptions('options', options, outputOptions);
    const { after = 0, signal } = options;
    return this.#chunks(after, signal);
  }

  /**
   * Asks the task to end. It is `REVOKED` once its processes have; one that has ended stays as it is.
   *
   * @throws RemoteOperationError if the caller may not, or the server can not be reached.
   *
   * @example
   * ```ts
   * await task.cancelTask();
   * console.log((await task.wait()).taskStatus);
   * ```
   */
  async cancelTask(options: RequestOptions = {}): Promise<void> {
    checkOptions('options', options, requestOptions);
    const { signal } = options;
    await this.#attempt('cancel', () =>
      this.#connection.graphql(cancelTask, { uuid: this.uuid }, { signal }),
    );
  }

  /**
   * Starts the action again, as a new task: of the same experiment, or of another one that is given for its first parameter
   * of type `experiment`.
   *
   * @param overrides - Values by name; parameters that are not named have the values of this task.
   * @throws RemoteOperationError if the server refuses a name or value, or no longer has the action.
   *
   * @example
   * ```ts
   * const longer = await task.rerun({ repetitions: 500 });
   * console.log((await longer.fetch()).rerunOf === task.uuid);
   * ```
   */
  async rerun(overrides: ParameterValues = {}, options: RequestOptions = {}): Promise<Task> {
    const variables = { uuid: this.uuid, overrides: givenPairs(overrides) };
    checkOptions('options', options, requestOptions);
    const { signal } = options;
    const data = await this.#attempt('run again', () =>
      this.#connection.graphql(rerunTask, variables, { signal }).catch(mayRunAllTheSame),
    );
    return new Task(this.#connection, data.rerunTask);
  }

  get #followed(): FollowedTask {
    return { connection: this.#connection, uuid: this.uuid };
  }

  async *#chunks(after: number, signal: AbortSignal | undefined) {
    try {
      yield* taskChunks(this.#followed, after, signal);
    } catch (error) {
      throw presented(RemoteOperationError, `read the output of ${this.#place}`, error);
    }
  }

  #read<Data>(
    what: string,
    operation: Operation<{ task: Data | null }, { uuid: string }>,
    options: RequestOptions = {},
  ): Promise<Data> {
    return this.#attempt(`read the ${what} of`, () =>
      readTask(this.#connection, operation, { uuid: this.uuid }, options),
    );
  }

  #attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    return attempt(RemoteOperationError, `${what} ${this.#place}`, work);
  }

  get #place(): string {
    return `task ${this.uuid} ("${this.actionName}" of "${this.extensionName}") at ${this.#connection.place}`;
  }
}
