import type { Context } from '../access/context.ts';
import { requireScope } from '../access/require-scope.ts';
import { findVisibleExperiment } from '../experiments/find-experiment.ts';
import { findAction } from '../extensions/find-action.ts';
import { parseParameters } from '../extensions/parse-parameters.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { submitOnce } from './submit-once.ts';
import type { Task } from './task.ts';
import { waitForEnd } from './wait-for-end.ts';

type Pairs = readonly (readonly string[])[];

/** Both forms of the call; exactly one of them must be complete. */
export interface ExecuteInput {
  executeExtensionInput?: {
    experimentUuid: string;
    extension: string;
    action: string;
    params: Pairs;
  } | null;
  extension?: string | null;
  action?: string | null;
  params?: Pairs | null;
}

/**
 * Runs an action of an extension: answers at once in the later form, after its end in the blocking one.
 *
 * @param refuseBlockingFields - Throws where the caller wants what only the blocking form answers.
 */
export async function executeExtension(
  ctx: Context,
  input: ExecuteInput,
  refuseBlockingFields: () => void,
): Promise<Task> {
  requireScope(ctx.viewer, 'job::create');
  const { executeExtensionInput: later, extension, action, params } = input;
  const hasBlockingPart = extension != null || action != null || params != null;
  if (later && !hasBlockingPart) {
    refuseBlockingFields();
    return submit(ctx, later);
  }
  if (!later && extension != null && action != null && params != null) {
    return executeAndWait(ctx, extension, action, params);
  }
  throw new AqueductError(
    'BAD_INPUT',
    'executeExtension takes either executeExtensionInput, or extension, action and params.',
  );
}

async function submit(
  ctx: Context,
  {
    experimentUuid,
    extension: name,
    action: actionName,
    params,
  }: NonNullable<ExecuteInput['executeExtensionInput']>,
): Promise<Task> {
  return submitOnce(ctx, async () => {
    if (!(await findVisibleExperiment(ctx, { uuid: experimentUuid }))) {
      throw new AqueductError('NOT_FOUND', 'Experiment not found in the database.');
    }
    const { extension, action } = await findAction(ctx, name, actionName);
    const parameters = parseParameters(action, params);
    return { experimentUuid, extension, action, parameters, isBlocking: false };
  });
}

/** The experiment of the blocking form is the value of the action's first parameter of type experiment. */
async function executeAndWait(ctx: Context, name: string, actionName: string, params: Pairs): Promise<Task> {
  const submitted = await submitOnce(ctx, async () => {
    const { extension, action } = await findAction(ctx, name, actionName);
    const parameters = parseParameters(action, params);
    const eid = parameters.find((parameter) => parameter.name === action.experimentVariableName)?.value ?? '';
    const experiment = await findVisibleExperiment(ctx, { eid });
    if (!experiment) {
      throw new AqueductError('NOT_FOUND', 'Non-existing experiment with the specified eid for the user.');
    }
    return { experimentUuid: experiment.uuid, extension, action, parameters, isBlocking: true };
  });
  const task = await waitForEnd(ctx, submitted);
  // None was saved of a task that never ran, or where it could not be: the answer has a text all the same.
  return { ...task, logFile: task.logFile ?? '' };
}
