import type { Context } from '../access/context.ts';
import type { NewTask } from '../tasks/task.queries.ts';

/** A task with the id 1 that nobody has taken; `given` says what is to be otherwise. */
export function testTask(ctx: Context, experimentId: number, given: Partial<NewTask> = {}): NewTask {
  return {
    id: 1,
    uuid: ctx.newUuid(),
    experimentId,
    extensionName: 'Test',
    actionName: 'run',
    parameters: '[]',
    script: '',
    createdBy: ctx.viewer.uuid,
    receivedAt: ctx.clock.now(),
    isBlocking: 0,
    isNarrowed: 0,
    rerunOf: null,
    serverVersion: ctx.version,
    ...given,
  };
}
