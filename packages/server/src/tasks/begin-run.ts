import { callsInterpreter } from '../extensions/environment/replace-interpreters.ts';
import { type FoundAction, findAction } from '../extensions/find-action.ts';
import { type ActionToRun, readActionToRun } from '../extensions/read-action-to-run.ts';
import type { HeldCommand } from '../platform/child-process/launcher.ts';
import type { Command } from '../platform/child-process/start-command.ts';
import type { Transaction } from '../platform/database/database.ts';
import type { Runner } from './runner.ts';
import type { TakenTask } from './take-task.ts';
import { taskEnvironment } from './task-environment.ts';

/** What a run needs, begun while the transaction that takes its task is committed. */
export interface BegunRun {
  readonly toRun: ActionToRun;
  /** The whole environment of its programs. */
  readonly env: Readonly<Record<string, string>>;
  /** The script, which has not begun; undefined where it is known only after its environment was prepared. */
  readonly held: HeldCommand | undefined;
}

const offered = new WeakMap<Transaction, FoundAction>();

/** Lets a task that is taken in the transaction of its submission run what was found for that. */
export function offerFound(tx: Transaction, found: FoundAction): void {
  offered.set(tx, found);
}

/**
 * Begins a run: looks up and reads what it is to run, and has its process made. Nothing of the script is run before
 * the task is taken for good; where the transaction is rolled back, the process ends without having done anything.
 */
export function beginRun(
  runner: Runner,
  tx: Transaction,
  task: Pick<TakenTask, 'extensionName' | 'actionName' | 'parameters' | 'token' | 'uuid'>,
): Promise<BegunRun> {
  const { services, options } = runner;
  const { config, log } = services;
  const begun = (async () => {
    const found = offered.get(tx) ?? (await findAction({ config, log }, task.extensionName, task.actionName));
    const { extension, action } = found;
    const env = taskEnvironment({
      allowed: options.variables,
      extension,
      parameters: task.parameters,
      ownUrl: options.ownUrl,
      token: task.token,
      taskUuid: task.uuid,
    });
    const isKnown = (['python', 'node'] as const).every((each) => !callsInterpreter(action.script, each));
    const held = isKnown
      ? runner.launcher.hold(scriptCommand(action.script, extension.folder, env))
      : undefined;
    return { toRun: readActionToRun(found), env, held };
  })();
  const drop = () => begun.then(({ held }) => held?.drop());
  tx.afterRollback(() => void drop().catch(() => undefined));
  // The run hears of it.
  begun.catch(() => undefined);
  return begun;
}

/** How a script is run. */
export function scriptCommand(script: string, cwd: string, env: BegunRun['env']): Command {
  return { file: 'sh', args: ['-c', script], cwd, env };
}
