import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Action, Extension } from './extension.ts';
import { type CatalogueNeeds, findExtensions } from './find-extensions.ts';

/** An action and the extension that has it. */
export interface FoundAction {
  readonly extension: Extension;
  readonly action: Action;
}

/**
 * The action that is to be run, as the folder says it now.
 *
 * @throws AqueductError `NOT_FOUND` unless there is exactly one extension and one action of these names; `BAD_INPUT`
 * for an action without an experiment, which can't be run
 */
export async function findAction(
  needs: CatalogueNeeds,
  extensionName: string,
  actionName: string,
): Promise<FoundAction> {
  const { extensions } = await findExtensions(needs);
  const extension = only(extensions, 'extension', extensionName);
  const action = only(extension.actions, 'action', actionName);
  if (action.experimentVariableName === '') {
    throw new AqueductError(
      'BAD_INPUT',
      `Action ${extensionName}:${actionName} has no experiment parameters`,
    );
  }
  return { extension, action };
}

function only<Named extends { readonly name: string }>(
  all: readonly Named[],
  what: string,
  name: string,
): Named {
  const [found, ...others] = all.filter((each) => each.name === name);
  if (found && others.length === 0) return found;
  throw new AqueductError('NOT_FOUND', `There should be exactly 1 ${what} with name ${name}`);
}
