import type { Context } from '../access/context.ts';
import { requireScope } from '../access/require-scope.ts';
import { findVisibleExperiment } from '../experiments/find-experiment.ts';
import { findAction } from '../extensions/find-action.ts';
import { parseParameters } from '../extensions/parse-parameters.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { findPlaces, findTask } from './find-task.ts';
import { submitTask } from './submit-task.ts';
import type { Task } from './task.ts';

/**
 * Runs the action of a task again, as it is today, with the same parameters or, for the names given, other values. With
 * another first experiment it belongs to that one.
 */
export async function rerunTask(
  ctx: Context,
  uuid: string,
  overrides: readonly (readonly string[])[],
): Promise<Task> {
  requireScope(ctx.viewer, 'job::create');
  const task = await findTask(ctx, uuid);
  const { extension, action } = await findAction(ctx, task.extensionName, task.actionName);
  const before = task.parameters.map(({ name, value }) => [name, value]);
  const parameters = parseParameters(action, [...before, ...overrides]);

  const first = action.experimentVariableName;
  const eid = overrides.findLast(([name]) => name === first)?.[1];
  const [place] = await findPlaces(ctx.db, [uuid]);
  const experimentUuid =
    eid === undefined ? place?.experiment.uuid : (await findVisibleExperiment(ctx, { eid }))?.uuid;
  if (experimentUuid === undefined) {
    throw new AqueductError('NOT_FOUND', 'Non-existing experiment with the specified eid for the user.');
  }
  return submitTask(ctx, { experimentUuid, extension, action, parameters, isBlocking: false, rerunOf: uuid });
}
