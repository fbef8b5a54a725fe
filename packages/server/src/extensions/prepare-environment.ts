import type { Action, Extension } from './extension.ts';

/** What building an environment may use of the task that it is for. */
export interface BuildTools {
  /** Runs a program as part of the task: its output goes to the task's log. Resolves with the exit code. */
  run(command: string, args: readonly string[], cwd: string): Promise<number>;
  /** Writes a line into the task's log. */
  print(line: string): void;
  readonly signal: AbortSignal;
}

/** What a script runs in. */
export interface PreparedEnvironment {
  readonly script: string;
  readonly interpreter: string;
  readonly packages: readonly string[];
}

/** Makes what a script needs to run. */
export async function prepareEnvironment(
  _needs: object,
  _extension: Extension,
  action: Action,
  _tools: BuildTools,
): Promise<PreparedEnvironment> {
  return { script: action.script, interpreter: 'sh', packages: [] };
}
