import { platform } from '#platform';
import { type ApiOptions, apiOptions, type CreateOptions } from './api-options.ts';
import { checkToken } from './check-arguments.ts';
import { checkOptions } from './check-options.ts';
import { Connection } from './connection.ts';
import { createExperiment } from './create-experiment.ts';
import type { Experiment } from './experiment.ts';
import type { Extension } from './extensions/extension.ts';
import type { ExtensionAction } from './extensions/extension-action.ts';
import { getAction, getExtensions } from './extensions/get-extensions.ts';
import { allExperiments, findExperiments } from './find-experiments.ts';
import type { AllOptions, FindOptions } from './find-options.ts';
import { getExperiment } from './get-experiment.ts';
import type { RequestOptions } from './progress.ts';
import { removeExperimentByEid } from './remove-experiment.ts';
import { parseServerUrl } from './server-url.ts';
import { type FindTasksOptions, getTasks } from './tasks/find-tasks.ts';
import { getTask } from './tasks/get-task.ts';
import type { Task } from './tasks/task.ts';

const DEFAULT_TIMEOUT = 0.5;

/**
 * An Aqueduct server. In the examples of its methods `api` is what it is here.
 *
 * @example
 * ```ts
 * import { API } from '@aqueduct/client';
 *
 * const api = new API('http://localhost:8000');
 * const experiment = await api.createExperiment('Rabi', 'Drive at 5.1 GHz', { tags: ['qubit-3'] });
 * console.log(experiment.eid, await experiment.title);
 * ```
 */
export class API {
  readonly #connection: Connection;

  /**
   * Sends nothing yet.
   *
   * @param url - The server's address, with or without a path before its `/api` and a slash at its end. In a page also
   * relative to it: `/` is the server that the page came from.
   * @throws InvalidArgumentError for a url or options that can not be right.
   *
   * @example
   * ```ts
   * import { API } from '@aqueduct/client';
   *
   * const api = new API('http://localhost:8000/', { timeout: 5 });
   * console.log(api.url, api.timeout);
   * ```
   */
  constructor(url: string | URL, options: ApiOptions = {}) {
    checkOptions('options', options, apiOptions);
    const { timeout = DEFAULT_TIMEOUT, token = platform.environmentToken() ?? '' } = options;
    checkToken(options.token === undefined ? 'The environment variable API_TOKEN' : 'token', token);
    this.#connection = new Connection({ url: parseServerUrl(url), timeout, token: token || undefined });
  }

  /** The server's address, without a slash at its end. */
  get url(): string {
    return this.#connection.place;
  }

  /** Seconds of silence after which an operation fails. */
  get timeout(): number {
    return this.#connection.timeout;
  }

  /**
   * Creates an experiment. Where no answer comes it may be made all the same: with the same `idempotencyKey` it can be
   * tried again, and is made once.
   *
   * @param title - At most 256 characters.
   * @param description - Markdown, at most 5000 characters.
   * @throws RemoteOperationError if the server refuses it or can not be reached.
   *
   * @example
   * ```ts
   * const experiment = await api.createExperiment('Ramsey', '', { tags: ['qubit-3', 'setup/blue'] });
   * console.log(experiment.eid, experiment.createdAt);
   * ```
   */
  async createExperiment(
    title: string,
    description: string,
    options: CreateOptions = {},
  ): Promise<Experiment> {
    return createExperiment(this.#connection, title, description, options);
  }

  /**
   * Experiments that match the filters, the newest first. Archived ones are left out.
   *
   * @throws RemoteOperationError if the server refuses it or can not be reached.
   *
   * @example
   * ```ts
   * const lastWeek = new Date(Date.now() - 7 * 24 * 3600 * 1000);
   * for (const experiment of await api.findExperiments({ search: 'rabi', limit: 20, startDatetime: lastWeek })) {
   *   console.log(experiment.eid, await experiment.title);
   * }
   * ```
   */
  async findExperiments(options: FindOptions = {}): Promise<Experiment[]> {
    return findExperiments(this.#connection, options);
  }

  /**
   * All experiments that match the filters, the newest first, asked for page by page as they are needed. What is
   * created or removed meanwhile neither repeats nor hides others.
   *
   * @throws RemoteOperationError if the server refuses it or can not be reached.
   *
   * @example
   * ```ts
   * for await (const experiment of api.experiments({ tags: ['qubit-3'] })) {
   *   console.log(experiment.eid);
   * }
   * ```
   */
  experiments(options: AllOptions = {}): AsyncGenerator<Experiment, void, undefined> {
    return allExperiments(this.#connection, options);
  }

  /**
   * The experiment with an EID such as `20241122-3`.
   *
   * @throws RemoteOperationError with the code `NOT_FOUND` if there is none that the caller may see.
   *
   * @example
   * ```ts
   * const { eid } = await api.createExperiment('Echo', '');
   * const experiment = await api.getExperimentByEid(eid);
   * console.log(experiment.uuid);
   * ```
   */
  async getExperimentByEid(eid: string, options: RequestOptions = {}): Promise<Experiment> {
    return getExperiment(this.#connection, 'EID', eid, options);
  }

  /**
   * The experiment with a UUID, in any of its spellings.
   *
   * @throws RemoteOperationError with the code `NOT_FOUND` if there is none that the caller may see.
   *
   * @example
   * ```ts
   * const { uuid } = await api.createExperiment('Echo', '');
   * const experiment = await api.getExperimentByUuid(uuid);
   * console.log(experiment.eid);
   * ```
   */
  async getExperimentByUuid(uuid: string, options: RequestOptions = {}): Promise<Experiment> {
    return getExperiment(this.#connection, 'UUID', uuid, options);
  }

  /**
   * Removes an experiment with its files and tasks. This can not be undone; its EID is never given again.
   *
   * @throws RemoteOperationError with the code `NOT_FOUND` if there is none that the caller may see.
   *
   * @example
   * ```ts
   * const { eid } = await api.createExperiment('A mistake', '');
   * await api.removeExperimentByEid(eid);
   * ```
   */
  async removeExperimentByEid(eid: string, options: RequestOptions = {}): Promise<void> {
    await removeExperimentByEid(this.#connection, eid, options);
  }

  /**
   * The extensions that are installed on the server now, by name. Administrators add and change them while it runs.
   *
   * @throws RemoteOperationError if the server can not be reached.
   *
   * @example
   * ```ts
   * for (const extension of await api.getExtensions()) {
   *   for (const { name, parameters } of extension.actions) console.log(extension.name, name, parameters);
   * }
   * ```
   */
  async getExtensions(options: RequestOptions = {}): Promise<Extension[]> {
    return getExtensions(this.#connection, options);
  }

  /**
   * An action of an extension, by their names.
   *
   * @throws RemoteOperationError with the code `NOT_FOUND` if there is none; `CONFLICT` if there are several.
   *
   * @example
   * ```ts
   * const experiment = await api.createExperiment('Rabi oscillation', '');
   * const action = await api.getAction('Echo', 'print');
   * console.log(await action.execute({ experiment }));
   * ```
   */
  async getAction(
    extensionName: string,
    actionName: string,
    options: RequestOptions = {},
  ): Promise<ExtensionAction> {
    return getAction(this.#connection, extensionName, actionName, options);
  }

  /**
   * The task with a UUID.
   *
   * @throws RemoteOperationError with the code `NOT_FOUND` if there is none that the caller may see.
   *
   * @example
   * ```ts
   * for (const { uuid } of await api.getTasks({ limit: 1 })) {
   *   const task = await api.getTask(uuid);
   *   console.log(task.actionName, await task.taskStatus);
   * }
   * ```
   */
  async getTask(taskId: string, options: RequestOptions = {}): Promise<Task> {
    return getTask(this.#connection, taskId, options);
  }

  /**
   * Tasks that match the filters, the newest first.
   *
   * @throws RemoteOperationError if the server refuses it or can not be reached.
   *
   * @example
   * ```ts
   * for (const task of await api.getTasks({ extensionName: 'Echo', limit: 20 })) {
   *   console.log(task.receivedAt, task.actionName, task.experiment.eid, await task.taskStatus);
   * }
   * ```
   */
  async getTasks(options: FindTasksOptions = {}): Promise<Task[]> {
    return getTasks(this.#connection, options);
  }
}
