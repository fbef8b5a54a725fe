import { type PythonRequirements, readPythonRequirements } from './environment/python-requirements.ts';
import type { FoundAction } from './find-action.ts';
import { hashExtension } from './hash-extension.ts';

/** An action that is to be run, and what is being read of its extension for that. */
export interface ActionToRun extends FoundAction {
  readonly requirements: Promise<PythonRequirements | undefined>;
  /** See {@link hashExtension}. */
  readonly hash: Promise<string>;
}

/** Begins to read what a run of an action needs to know of its extension, while other things are still to be done. */
export function readActionToRun({ extension, action }: FoundAction): ActionToRun {
  const requirements = readPythonRequirements(extension.folder);
  const hash = hashExtension(extension.folder);
  // Whoever awaits them hears of it.
  for (const each of [requirements, hash]) each.catch(() => undefined);
  return { extension, action, requirements, hash };
}
