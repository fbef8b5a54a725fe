import type { Services } from '../access/context.ts';
import { clientForScripts } from './environment/client-for-scripts.ts';
import { provideNode } from './environment/node-environment.ts';
import { providePython } from './environment/python-environment.ts';
import { anyPython } from './environment/python-requirements.ts';
import { callsInterpreter, replaceInterpreters } from './environment/replace-interpreters.ts';
import { whileFolderStays } from './environment/while-folder-stays.ts';
import type { ActionToRun } from './read-action-to-run.ts';
import { requireFiles } from './require-files.ts';

/** What a task lends to the building of the environment of its extension. */
export interface BuildTools {
  /** Runs a program as part of the task: its output goes to the task's log. Resolves with the exit code. */
  run(command: string, args: readonly string[], cwd: string): Promise<number>;
  /** Writes a line into the task's log. What takes longer than a moment says so first. */
  print(line: string): void;
  /** Aborted when the task is cancelled. */
  readonly signal: AbortSignal;
}

/** What a script runs in. */
export interface PreparedEnvironment {
  /** The script with `$python` and `$node` replaced. */
  readonly script: string;
  /** For the record: `sh`, `Python 3.11.7`, `Node 24.21.0`, or both. */
  readonly interpreter: string;
  /** `name==version`, sorted. */
  readonly packages: readonly string[];
}

/**
 * Makes sure that the interpreters and packages that an action needs are there, building them if need be, and puts
 * them into its script. Called by the task, never in a request: a build takes its time.
 *
 * @throws AqueductError with a sentence for the log of the task, when they can't be built
 * @throws the reason of the signal, when the task is cancelled meanwhile
 */
export async function prepareEnvironment(
  { log }: Pick<Services, 'log'>,
  { extension: { name, folder }, action: { script }, requirements: reading }: Omit<ActionToRun, 'hash'>,
  task: BuildTools,
): Promise<PreparedEnvironment> {
  const tools: BuildTools = {
    ...task,
    print(line) {
      log.info({ extension: name }, line);
      task.print(line);
    },
  };
  const requirements = await reading;
  const needsPython = requirements !== undefined || callsInterpreter(script, 'python');
  const needsNode = callsInterpreter(script, 'node');
  if (!needsPython && !needsNode) return { script, interpreter: 'sh', packages: [] };

  const { python, node } = await whileFolderStays(folder, tools, async () => {
    if (needsNode) requireFiles(folder, ['package.json', 'package-lock.json']);
    return {
      python: needsPython ? await providePython(folder, requirements ?? anyPython, tools) : undefined,
      node: needsNode ? await provideNode(folder, tools) : undefined,
    };
  });
  const parts = [python, node].filter((part) => part !== undefined);
  const paths = { ...(python ? { python: python.python } : {}), node: process.execPath };
  const replaced = replaceInterpreters(script, paths);
  return {
    script: node ? clientForScripts() + replaced : replaced,
    interpreter: parts.map(({ interpreter }) => interpreter).join(', '),
    packages: parts.flatMap(({ packages }) => packages).sort(),
  };
}
