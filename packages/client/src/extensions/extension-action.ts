import { show } from '../check-arguments.ts';
import { checkOptions, type OptionChecks } from '../check-options.ts';
import type { Connection } from '../connection.ts';
import { InvalidArgumentError, RemoteOperationError } from '../errors/errors.ts';
import { attempt } from '../errors/failure.ts';
import { mayRunAllTheSame } from '../errors/may-run-all-the-same.ts';
import { Experiment } from '../experiment.ts';
import { type ActionFactsFragment, executeAction, submitAction } from '../generated/operations.ts';
import { identifyExperiment } from '../get-experiment.ts';
import { STREAM_PATIENCE } from '../live/subscribe.ts';
import { type RequestOptions, requestOptions } from '../progress.ts';
import { Task } from '../tasks/task.ts';
import type { Extension, ExtensionParameter } from './extension.ts';
import { completePairs, type ParameterPairs, type ParameterValues } from './parameter-values.ts';

/** How an action ended that was executed. */
export interface ExecutionResult {
  /** 0 is success; a negative number is the signal that ended it. */
  readonly returnCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** EID of the experiment that has the log file. */
  readonly logExperiment: string;
  /** Name of the file in which the code and both outputs were saved. */
  readonly logFile: string;
}

/** Options of `ExtensionAction.submit`. */
export interface SubmitOptions extends RequestOptions {
  /** The experiment that the task belongs to; that of the first parameter of type `experiment` if not given. */
  readonly experiment?: Experiment | undefined;
}

const submitOptions: OptionChecks<SubmitOptions> = { experiment: checkExperiment, ...requestOptions };

/**
 * Something that an extension can do on the server. In the examples of its methods `action` and `experiment` are what
 * they are here.
 *
 * @example
 * ```ts
 * import { API } from '@aqueduct/client';
 *
 * const api = new API('http://localhost:8000');
 * const experiment = await api.createExperiment('Rabi oscillation', '');
 * const action = await api.getAction('Echo', 'print');
 * const { returnCode, stdout } = await action.execute({ experiment, repetitions: 200 });
 * console.log(returnCode, stdout);
 * ```
 */
export class ExtensionAction {
  /** Unique inside of the extension. */
  readonly name: string;
  /** What to call it in front of people. */
  readonly displayName: string;
  /** Markdown; empty where there is none. */
  readonly description: string;
  readonly parameters: readonly ExtensionParameter[];
  /** Name of the first parameter of type `experiment`; empty where there is none, and it can not be run. */
  readonly experimentVariableName: string;
  readonly #connection: Connection;
  readonly #extension: Extension;

  constructor(connection: Connection, extension: Extension, data: ActionFactsFragment) {
    this.#connection = connection;
    this.#extension = extension;
    this.name = data.name;
    this.displayName = data.displayName ?? data.name;
    this.description = data.description ?? '';
    this.parameters = data.parameters;
    this.experimentVariableName = data.experimentVariableName ?? '';
    Object.freeze(this);
  }

  /** The extension that it belongs to. */
  get extension(): Extension {
    return this.#extension;
  }

  /**
   * Runs the action and waits for its end, however long it takes. Its outputs are also saved as a file of the
   * experiment. Who stops waiting does not stop the action.
   *
   * @param parameters - Values by name. One that is left out has its declared default; an experiment stands for its
   * EID.
   * @throws InvalidArgumentError if a parameter is missing or is none of the action's.
   * @throws RemoteOperationError if the server refuses a value or can not be reached. A `returnCode` other than 0 is
   * no error.
   *
   * @example
   * ```ts
   * const { returnCode, stderr, logFile } = await action.execute({ experiment });
   * if (returnCode !== 0) console.error(stderr);
   * console.log(await (await experiment.readFile(logFile)).text());
   * ```
   */
  async execute(parameters: ParameterValues = {}, options: RequestOptions = {}): Promise<ExecutionResult> {
    const variables = { ...this.#names, params: completePairs(this.#where, this.parameters, parameters) };
    checkOptions('options', options, requestOptions);
    const patience = Math.max(this.#connection.timeout, STREAM_PATIENCE);
    const data = await this.#attempt('execute', () =>
      this.#connection
        .graphql(executeAction, variables, { patience, signal: options.signal })
        .catch(mayRunAllTheSame),
    );
    return data.executeExtension;
  }

  /**
   * Starts the action as a task and returns at once.
   *
   * @param parameters - As in {@link execute}.
   * @throws InvalidArgumentError if a parameter is missing or is none of the action's.
   * @throws RemoteOperationError if the server refuses a value or can not be reached.
   *
   * @example
   * ```ts
   * const task = await action.submit({ experiment });
   * for await (const { text } of task.output()) console.log(text);
   * console.log((await task.wait()).taskStatus);
   * ```
   */
  async submit(parameters: ParameterValues = {}, options: SubmitOptions = {}): Promise<Task> {
    const params = completePairs(this.#where, this.parameters, parameters);
    checkOptions('options', options, submitOptions);
    const { signal } = options;
    const experiment = options.experiment ?? this.#experimentAmong(parameters, params);
    const data = await this.#attempt('submit', async () => {
      // Of an experiment that is given by its EID.
      const { uuid } =
        typeof experiment === 'string'
          ? await identifyExperiment(this.#connection, 'EID', experiment, { signal })
          : experiment;
      const input = { ...this.#names, experimentUuid: uuid, params };
      return this.#connection.graphql(submitAction, { input }, { signal }).catch(mayRunAllTheSame);
    });
    return new Task(this.#connection, data.executeExtension);
  }

  get #names() {
    return { extension: this.#extension.name, action: this.name };
  }

  get #where(): string {
    return `The action "${this.name}" of "${this.#extension.name}"`;
  }

  #experimentAmong(parameters: ParameterValues, pairs: ParameterPairs): Experiment | string {
    const name = this.experimentVariableName;
    const [, eid] = pairs.find(([parameter]) => parameter === name) ?? [];
    if (eid === undefined) {
      throw new InvalidArgumentError(
        `${this.#where} has no parameter of type experiment, and can not be run.`,
      );
    }
    const value = parameters[name];
    return value instanceof Experiment ? value : eid;
  }

  #attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const { place } = this.#connection;
    return attempt(
      RemoteOperationError,
      `${what} "${this.name}" of "${this.#extension.name}" at ${place}`,
      work,
    );
  }
}

function checkExperiment(name: string, value: unknown): void {
  if (value instanceof Experiment) return;
  throw new InvalidArgumentError(
    `${name} must be an Experiment, as api.getExperimentByEid gives it, not ${show(value)}.`,
  );
}
