import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newDatabase, type TestDatabase, temporaryFolder } from '@aqueduct/server/testing';
import { onTestFinished } from 'vitest';
import { create, type GraphqlReply, graphql } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';

/** A state that a task never leaves. */
const ENDS = ['SUCCESS', 'FAILURE', 'REVOKED'];

export interface TaskState {
  readonly uuid: string;
  readonly taskStatus: string;
  readonly resultCode: number | null;
  readonly stdOut: string | null;
  readonly stdErr: string | null;
}

interface ExecutionResult {
  readonly returnCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly logExperiment: string;
  readonly logFile: string;
}

interface ScriptAction {
  readonly script: string;
  /** Further lines of the action in the manifest. */
  readonly more?: string;
}

interface Options {
  readonly database?: TestDatabase;
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Further lines of the manifest. */
  readonly more?: string;
  /** A program that starts the server, with its own arguments. */
  readonly under?: readonly string[];
}

/** A server with one extension, "Test", whose actions are given; and an experiment to run them on. */
export class ScriptServer {
  server: ServerProcess;
  readonly folder: string;
  readonly experiment: { uuid: string; eid: string };
  readonly #restart: () => Promise<ServerProcess>;

  private constructor(
    server: ServerProcess,
    folder: string,
    experiment: { uuid: string; eid: string },
    restart: () => Promise<ServerProcess>,
  ) {
    this.server = server;
    this.folder = folder;
    this.experiment = experiment;
    this.#restart = restart;
  }

  static async start(
    actions: Readonly<Record<string, string | ScriptAction>>,
    { database = 'SQLite', dataDir, env = {}, more = '', under = [] }: Options = {},
  ): Promise<ScriptServer> {
    const extensions = await temporaryFolder();
    const folder = join(extensions, 'test');
    await mkdir(folder);
    await writeFile(join(folder, 'manifest.yml'), manifest(actions, more));
    const databaseUrl = await newDatabase(database);
    const settings = { AQUEDUCT_EXTENSIONS_DIR: extensions, ...env };
    const server = await startServer({ ...(dataDir ? { dataDir } : {}), databaseUrl, env: settings, under });
    const experiment = await create(server.url, 'tasks');
    const restart = () => startServer({ dataDir: server.dataDir, databaseUrl, env: settings });
    const started = new ScriptServer(server, folder, experiment, restart);
    onTestFinished(async () => void (await started.server.stop('SIGKILL')));
    return started;
  }

  get url(): string {
    return this.server.url;
  }

  /** Kills the server and starts it anew on the same data. */
  async killAndRestart(): Promise<void> {
    await this.server.stop('SIGKILL');
    await this.restart();
  }

  /** Starts it anew on the same data. */
  async restart(): Promise<void> {
    this.server = await this.#restart();
  }

  /** Submits an action; gives the UUID of the task. */
  async submit(action: string, experiment = this.experiment): Promise<string> {
    const { data, errors } = await graphql<{ executeExtension: { uuid: string } }>(this.url, SUBMIT, {
      i: {
        experimentUuid: experiment.uuid,
        extension: 'Test',
        action,
        params: [['experiment', experiment.eid]],
      },
    });
    if (!data) throw new Error(JSON.stringify(errors));
    return data.executeExtension.uuid;
  }

  /** Runs an action in the form that answers after the end. */
  async execute(action: string): Promise<GraphqlReply<{ executeExtension: ExecutionResult }>> {
    return graphql(this.url, EXECUTE, { action, params: [['experiment', this.experiment.eid]] });
  }

  async task(uuid: string): Promise<TaskState> {
    const { data, errors } = await graphql<{ task: TaskState | null }>(this.url, TASK, { uuid });
    if (!data?.task) throw new Error(JSON.stringify(errors));
    return data.task;
  }

  /** Waits until a task has ended. */
  async end(uuid: string, withinMs = 60_000): Promise<TaskState> {
    return this.until(uuid, (task) => ENDS.includes(task.taskStatus), withinMs);
  }

  async until(uuid: string, isGood: (task: TaskState) => boolean, withinMs = 60_000): Promise<TaskState> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const task = await this.task(uuid);
      if (isGood(task)) return task;
      if (Date.now() > deadline) throw new Error(`The task is still ${task.taskStatus}.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Resolves when a task has ended, without what it has printed. */
  async done(uuid: string, withinMs: number): Promise<void> {
    const query = 'query ($uuid: UUID!) { task(taskId: $uuid) { taskStatus } }';
    const deadline = Date.now() + withinMs;
    for (;;) {
      const { data } = await graphql<{ task: { taskStatus: string } }>(this.url, query, { uuid });
      if (ENDS.includes(data?.task.taskStatus ?? '')) return;
      if (Date.now() > deadline) throw new Error(`The task is still ${data?.task.taskStatus}.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The states of the tasks, the newest first. */
  async states(): Promise<string[]> {
    const { data } = await graphql<{ tasks: { tasksData: TaskState[] } }>(
      this.url,
      '{ tasks(offset: 0, limit: 10) { tasksData { taskStatus } } }',
    );
    return data?.tasks.tasksData.map(({ taskStatus }) => taskStatus) ?? [];
  }

  async cancel(uuid: string): Promise<string> {
    const { data, errors } = await graphql<{ cancelTask: TaskState }>(this.url, CANCEL, { uuid });
    if (!data) throw new Error(JSON.stringify(errors));
    return data.cancelTask.taskStatus;
  }

  /** What a task has printed so far. */
  async printed(uuid: string): Promise<string> {
    const { data } = await graphql<{ task: { output: { text: string }[] } }>(
      this.url,
      'query ($uuid: UUID!) { task(taskId: $uuid) { output { text } } }',
      { uuid },
    );
    return data?.task.output.map((chunk) => chunk.text).join('') ?? '';
  }
}

const SUBMIT =
  'mutation ($i: ExecuteExtensionInput!) { executeExtension(executeExtensionInput: $i) { uuid } }';
const EXECUTE = `mutation ($action: String!, $params: [[String!]!]!) {
  executeExtension(extension: "Test", action: $action, params: $params) {
    returnCode stdout stderr logExperiment logFile
  }
}`;
const TASK = 'query ($uuid: UUID!) { task(taskId: $uuid) { uuid taskStatus resultCode stdOut stdErr } }';
const CANCEL = 'mutation ($uuid: UUID!) { cancelTask(cancelTaskInput: {taskId: $uuid}) { taskStatus } }';

function manifest(actions: Readonly<Record<string, string | ScriptAction>>, more: string): string {
  const rows = Object.entries(actions).map(([name, action]) => {
    const { script, more: others = '' } = typeof action === 'string' ? { script: action } : action;
    return `  - name: ${name}
    script: ${JSON.stringify(script)}
${others}
    parameters:
      - name: experiment
        data_type: experiment
`;
  });
  return `name: Test\nauthors: test@example.org\naqueduct_url: auto\n${more}\nactions:\n${rows.join('')}`;
}
