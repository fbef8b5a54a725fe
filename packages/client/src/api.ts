import { platform } from '#platform';
import type { ApiOptions, CreateOptions } from './api-options.ts';
import {
  checkFilledText,
  checkText,
  checkTexts,
  checkTimeout,
  checkToken,
  checkUuid,
} from './check-arguments.ts';
import { Connection } from './connection.ts';
import { RemoteOperationError } from './errors/errors.ts';
import { attempt, Failure } from './errors/failure.ts';
import { Experiment } from './experiment.ts';
import { type AllOptions, checkPage, type FindOptions, filtersOf } from './find-options.ts';
import {
  createExperiment,
  type ExperimentFiltersInput,
  type ExperimentsAfterQuery,
  type ExperimentsAfterQueryVariables,
  experimentsAfter,
  findExperiments,
  type IdType,
  identifyExperiment,
  removeExperiment,
} from './generated/operations.ts';
import type { RequestOptions } from './progress.ts';
import { parseServerUrl } from './server-url.ts';

const DEFAULT_TIMEOUT = 0.5;
const DEFAULT_PAGE_SIZE = 100;

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
   * @throws InvalidArgumentError for a url, timeout or token that can not be right.
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
    const { timeout = DEFAULT_TIMEOUT, token = platform.environmentToken() ?? '' } = options;
    checkTimeout(timeout);
    checkToken(token);
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
   * Creates an experiment.
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
    const { tags = [], signal, idempotencyKey } = options;
    checkText('title', title);
    checkText('description', description);
    checkTexts('tags', tags);
    const input = { title, description, tags: [...tags] };
    const data = await this.#attempt('create an experiment', () =>
      this.#connection.graphql(createExperiment, { input }, { signal, idempotencyKey }),
    );
    return new Experiment(this.#connection, data.createExperiment);
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
    const { limit = 10, offset = 0, signal } = options;
    checkPage(limit, offset);
    const filters = filtersOf(options);
    const data = await this.#attempt('find experiments', () =>
      this.#connection.graphql(findExperiments, { limit, offset, filters }, { signal }),
    );
    return data.experiments.experimentsData.map((identity) => new Experiment(this.#connection, identity));
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
    const { pageSize = DEFAULT_PAGE_SIZE, signal } = options;
    checkPage(pageSize, 0);
    return this.#pages(pageSize, filtersOf(options), signal);
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
    checkFilledText('eid', eid);
    return this.#identify('EID', eid, options);
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
    checkUuid(uuid);
    return this.#identify('UUID', uuid, options);
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
    checkFilledText('eid', eid);
    await this.#attempt(`remove experiment ${eid}`, async () => {
      const { uuid } = await this.#find('EID', eid, options);
      await this.#connection.graphql(removeExperiment, { uuid }, options);
    });
  }

  async *#pages(limit: number, filters: ExperimentFiltersInput, signal: AbortSignal | undefined) {
    let after: string | null = null;
    do {
      const page: ExperimentsAfterQuery = await this.#page({ limit, filters, after }, signal);
      const { experimentsData, endCursor } = page.experiments;
      for (const identity of experimentsData) yield new Experiment(this.#connection, identity);
      after = endCursor;
    } while (after !== null);
  }

  #page(variables: ExperimentsAfterQueryVariables, signal: AbortSignal | undefined) {
    return this.#attempt('list experiments', () =>
      this.#connection.graphql(experimentsAfter, variables, { signal }),
    );
  }

  async #identify(type: IdType, value: string, options: RequestOptions): Promise<Experiment> {
    const identity = await this.#attempt(`get experiment ${value}`, () => this.#find(type, value, options));
    return new Experiment(this.#connection, identity);
  }

  async #find(type: IdType, value: string, { signal }: RequestOptions) {
    const { experiment } = await this.#connection.graphql(identifyExperiment, { type, value }, { signal });
    if (experiment === null) throw new Failure('NOT_FOUND', 'There is no such experiment.');
    return experiment;
  }

  #attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    return attempt(RemoteOperationError, `${what} at ${this.url}`, work);
  }
}
