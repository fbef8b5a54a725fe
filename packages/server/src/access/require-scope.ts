import type { Scope } from '@aqueduct/contract';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Viewer } from './viewer.ts';

/** @throws AqueductError `FORBIDDEN` when the caller lacks the scope. */
export function requireScope(viewer: Viewer, scope: Scope): void {
  if (!viewer.scopes.has(scope)) {
    const who = viewer.only ? 'the token of this task' : viewer.username;
    throw new AqueductError('FORBIDDEN', `This needs the right "${scope}", which ${who} does not have.`);
  }
}

/** What can be allowed for one's own experiments, or for all. */
type ExperimentRight = 'view' | 'edit' | 'delete';

/** Whether the caller may do something with an experiment of this author. */
export function mayDo(
  viewer: Viewer,
  right: ExperimentRight,
  experiment: { uuid: string; createdByUuid: string },
): boolean {
  if (viewer.only && !viewer.only.has(experiment.uuid)) return false;
  if (viewer.scopes.has(`experiment::${right}::all`)) return true;
  return viewer.scopes.has(`experiment::${right}::own`) && experiment.createdByUuid === viewer.uuid;
}

/** @throws AqueductError `FORBIDDEN` when the caller has the right for no experiment at all. */
export function requireExperimentRight(viewer: Viewer, right: ExperimentRight): void {
  if (!viewer.scopes.has(`experiment::${right}::all`)) requireScope(viewer, `experiment::${right}::own`);
}
