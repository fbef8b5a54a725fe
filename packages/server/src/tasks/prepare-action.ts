import type { Extension } from '../extensions/extension.ts';
import { type FoundAction, findAction } from '../extensions/find-action.ts';
import { parseParameters } from '../extensions/parse-parameters.ts';
import {
  type BuildTools,
  type PreparedEnvironment,
  prepareEnvironment,
} from '../extensions/prepare-environment.ts';
import { readActionToRun } from '../extensions/read-action-to-run.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import type { Runner } from './runner.ts';
import type { StartNote } from './start-note.ts';
import type { TakenTask } from './take-task.ts';

/** An action whose interpreters and packages are there. */
interface PreparedAction {
  readonly extension: Extension;
  /** As the manifest had it. */
  readonly script: string;
  /** Of the folder of the extension. */
  readonly hash: string;
  readonly environment: PreparedEnvironment;
}

/**
 * Makes sure that what an action needs is there. Building takes minutes, in which people edit the extension: it is then
 * read anew, until nothing took time, so that the record names what runs. Without a build that costs nothing.
 *
 * @param toolsFor - What builds as a part of the task, with the variables of an extension.
 */
export async function prepareAction(
  { services }: Runner,
  task: TakenTask,
  start: StartNote,
  toolsFor: (extension: Extension) => BuildTools,
): Promise<PreparedAction> {
  for (let toRun = await task.toRun; ; ) {
    const { extension, action } = toRun;
    requireSameCall(task, toRun);
    const hash = await toRun.hash;
    start.prepare(hash);
    const tools = toolsFor(extension);
    let tookTime = false;
    const environment = await prepareEnvironment(services, toRun, {
      ...tools,
      print(line) {
        tookTime = true;
        tools.print(line);
      },
    });
    if (!tookTime) return { extension, script: action.script, hash, environment };
    toRun = readActionToRun(await findAction(services, task.extensionName, task.actionName));
  }
}

/** What a task may do was settled when it was submitted; the manifest may have changed since. */
function requireSameCall(task: TakenTask, { extension, action }: FoundAction): void {
  const refuse = (why: string) => {
    throw new AqueductError(
      'CONFLICT',
      `The manifest of ${extension.name} was changed after this task was submitted: ${why} Submit it again.`,
    );
  };
  try {
    parseParameters(
      action,
      task.parameters.map(({ name, value }) => [name, value]),
    );
  } catch (error) {
    refuse(asAqueductError(error).message);
  }
  const before = new Map(task.parameters.map(({ name, dataType }) => [name, dataType]));
  for (const { name, dataType } of action.parameters) {
    if (before.get(name) !== dataType) refuse(`"${name}" has the type ${dataType} now.`);
  }
  if (extension.access === 'parameters' && !task.isNarrowed)
    refuse('it may use no other experiments than those among its parameters now.');
}
