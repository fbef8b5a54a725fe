import { issueTaskToken } from '../access/task-token.ts';
import { placesByEids } from '../experiments/experiment.queries.ts';
import type { ParameterValue } from '../extensions/extension.ts';
import { type FoundAction, findAction } from '../extensions/find-action.ts';
import { type ActionToRun, readActionToRun } from '../extensions/read-action-to-run.ts';
import { filesNamed } from '../files/file.queries.ts';
import type { Transaction } from '../platform/database/database.ts';
import { endTask, noteChange } from './end-task.ts';
import type { Runner } from './runner.ts';
import { setReceived, taskToRun } from './task.queries.ts';
import { hasEnded } from './task.ts';
import { noteTaskFile } from './task-file.queries.ts';

/** A task that a worker has taken. */
export interface TakenTask {
  readonly id: number;
  readonly uuid: string;
  readonly experimentId: number;
  readonly experimentUuid: string;
  readonly eid: string;
  readonly extensionName: string;
  readonly actionName: string;
  /** Rejects where it can't be found any more. */
  readonly toRun: Promise<ActionToRun>;
  readonly parameters: readonly ParameterValue[];
  readonly isBlocking: boolean;
  /** Whether its token is good for no other experiments than those among its parameters. */
  readonly isNarrowed: boolean;
  /** What it shows to act for its starter. */
  readonly token: string;
}

/** What was found for the submission that a transaction writes. */
const offered = new WeakMap<Transaction, FoundAction>();

/** Lets a task that is taken in the transaction of its submission run what was found for that. */
export function offerFound(tx: Transaction, found: FoundAction): void {
  offered.set(tx, found);
}

/**
 * Notes that a worker has a task, which files it was given, and makes its token. Undefined where there is nothing left
 * to do: its experiment is gone, or it was cancelled.
 */
export async function takeTask(
  { services }: Runner,
  tx: Transaction,
  taskId: number,
): Promise<TakenTask | undefined> {
  const row = await tx.first(taskToRun, { id: taskId });
  if (!row || hasEnded(row.status) || row.cancel_requested_at !== null) {
    await endTask(services, tx, taskId, { resultCode: null, logFile: null });
    return undefined;
  }
  const { config, log } = services;
  const found = offered.get(tx) ?? findAction({ config, log }, row.extension_name, row.action_name);
  // Read while the transaction is committed. The run hears of a failure.
  const toRun = Promise.resolve(found).then(readActionToRun);
  toRun.catch(() => undefined);
  await tx.run(setReceived, { id: taskId });
  const parameters = JSON.parse(row.parameters_json) as ParameterValue[];
  const named = await experimentsNamed(tx, parameters);
  const home = { id: row.experiment_id, uuid: row.experiment_uuid, eid: row.eid };
  await noteGivenFiles(tx, taskId, parameters, [...named, home]);
  const token = await issueTaskToken(tx, {
    taskUuid: row.uuid,
    userUuid: row.created_by,
    experiments: row.is_narrowed === 1 ? named.map(({ uuid }) => uuid) : undefined,
  });
  await noteChange(services, tx, taskId, row.uuid);
  return {
    id: taskId,
    uuid: row.uuid,
    experimentId: row.experiment_id,
    experimentUuid: row.experiment_uuid,
    eid: row.eid,
    extensionName: row.extension_name,
    actionName: row.action_name,
    toRun,
    parameters,
    isBlocking: row.is_blocking === 1,
    isNarrowed: row.is_narrowed === 1,
    token,
  };
}

interface NamedExperiment {
  readonly id: number;
  readonly uuid: string;
  readonly eid: string;
}

async function experimentsNamed(
  tx: Transaction,
  parameters: readonly ParameterValue[],
): Promise<NamedExperiment[]> {
  const eids = parameters.filter(({ dataType }) => dataType === 'experiment').map(({ value }) => value);
  if (eids.length === 0) return [];
  const byEid = new Map((await tx.all(placesByEids, { eids })).map((row) => [row.eid, row]));
  return eids.flatMap((eid) => byEid.get(eid) ?? []);
}

/** A file parameter names a file of the first of the experiments that has one of this name. */
async function noteGivenFiles(
  tx: Transaction,
  taskId: number,
  parameters: readonly ParameterValue[],
  experiments: readonly NamedExperiment[],
): Promise<void> {
  const names = new Set(parameters.filter(({ dataType }) => dataType === 'file').map(({ value }) => value));
  for (const { id, uuid, eid } of names.size > 0 ? experiments : []) {
    for (const file of await tx.all(filesNamed, { experimentId: id, names: [...names] })) {
      const { name, sha256, size } = file;
      names.delete(name);
      const version = { experimentUuid: uuid, eid, name, sha256, size };
      await tx.run(noteTaskFile, { id: taskId, role: 'input', ...version, given: 1, at: null });
    }
  }
}
