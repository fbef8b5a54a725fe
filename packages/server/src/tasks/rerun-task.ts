import type { Context } from '../access/context.ts';
import { requireScope } from '../access/require-scope.ts';
import { findVisibleExperiment } from '../experiments/find-experiment.ts';
import { findAction } from '../extensions/find-action.ts';
import { parseParameters } from '../extensions/parse-parameters.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { findPlaces, findTask } from './find-task.ts';
import { runRecordOf } from './run-record.ts';
import { submitOnce } from './submit-once.ts';
import type { Submission } from './submit-task.ts';
import type { Task } from './task.ts';

type Pairs = readonly (readonly string[])[];

/**
 * Runs the action of a task again, as it is today, with the same parameters or, for the names given, other values. Of the
 * earlier ones those that the action no longer has are left out. With another first experiment it belongs to that one.
 */
export async function rerunTask(ctx: Context, uuid: string, overrides: Pairs): Promise<Task> {
  requireScope(ctx.viewer, 'job::create');
  return submitOnce(ctx, () => prepareAgain(ctx, uuid, overrides));
}

async function prepareAgain(ctx: Context, uuid: string, overrides: Pairs): Promise<Submission> {
  const task = await findTask(ctx, uuid);
  const { extension, action } = await findAction(ctx, task.extensionName, task.actionName);
  const declared = new Set(action.parameters.map(({ name }) => name));
  const earlier = (await runRecordOf(ctx, task)).parameters;
  const before = earlier.filter(({ name }) => declared.has(name));
  const parameters = parseParameters(action, [
    ...before.map(({ name, value }) => [name, value]),
    ...overrides,
  ]);

  const first = action.experimentVariableName;
  const eid = overrides.findLast(([name]) => name === first)?.[1];
  const [place] = await findPlaces(ctx.db, [uuid]);
  const experimentUuid =
    eid === undefined ? place?.experiment.uuid : (await findVisibleExperiment(ctx, { eid }))?.uuid;
  if (experimentUuid === undefined) {
    throw new AqueductError('NOT_FOUND', 'Non-existing experiment with the specified eid for the user.');
  }
  return { experimentUuid, extension, action, parameters, isBlocking: false, rerunOf: uuid };
}
