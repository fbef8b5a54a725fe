import type { Context } from '../access/context.ts';
import { requireScope } from '../access/require-scope.ts';
import { findVisibleExperiment } from '../experiments/find-experiment.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';

/** Both forms of the call; exactly one of them must be complete. */
export interface ExecuteInput {
  executeExtensionInput?: { experimentUuid: string; extension: string; action: string } | null;
  extension?: string | null;
  action?: string | null;
  params?: readonly (readonly string[])[] | null;
}

/** Runs an action of an extension. This installation has none, and so says which one it misses. */
export async function executeExtension(ctx: Context, input: ExecuteInput): Promise<never> {
  requireScope(ctx.viewer, 'job::create');
  const { executeExtensionInput: submitted, extension, action, params } = input;
  const isBlocking = extension != null && action != null && params != null;
  const hasBlockingPart = extension != null || action != null || params != null;
  if (submitted ? hasBlockingPart : !isBlocking) {
    throw new AqueductError(
      'BAD_INPUT',
      'executeExtension takes either executeExtensionInput, or extension, action and params.',
    );
  }
  if (submitted && !(await findVisibleExperiment(ctx, { uuid: submitted.experimentUuid }))) {
    throw new AqueductError('NOT_FOUND', 'Experiment not found in the database.');
  }
  const name = submitted?.extension ?? extension;
  throw new AqueductError('NOT_FOUND', `There should be exactly 1 extension with name ${name}`);
}
