import type { Context } from '../access/context.ts';
import { readTogether } from '../access/read-together.ts';
import type { ParameterValue } from '../extensions/extension.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { runRecords, sizesOfRunRecords } from './task.queries.ts';
import type { Task } from './task.ts';

/** What a task was given, and what it ran: may be a MiB, so lists of tasks go without it. */
interface RunRecord {
  readonly parameters: readonly ParameterValue[];
  readonly script: string;
  /** `name==version`, sorted. */
  readonly packages: readonly string[];
}

/** Of the budget of an answer: 160 MB, which are there as rows, as objects and as JSON. */
const COST_OF_BYTE = 1 / 32;
const NOTHING: RunRecord = { parameters: [], script: '', packages: [] };

const readRecord = readTogether(read);

/** What a task was given and ran; read once for all tasks of a page that ask for it. */
export function runRecordOf(ctx: Context, { id }: Pick<Task, 'id'>): Promise<RunRecord> {
  return readRecord(ctx, id);
}

async function read({ db, budget }: Context, ids: readonly number[]): Promise<(RunRecord | Error)[]> {
  const sizes = await db.all(sizesOfRunRecords, { ids });
  const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
  if (!budget.spend(bytes * COST_OF_BYTE)) return ids.map(() => NOTHING);
  const rows = await db.all(runRecords, { ids });
  const byId = new Map<number, RunRecord>();
  for (const { id, parameters_json: parameters, script, packages_json: packages } of rows)
    byId.set(id, { parameters: JSON.parse(parameters), script, packages: JSON.parse(packages) });
  const gone = new AqueductError('NOT_FOUND', 'The experiment of this task was removed meanwhile.');
  return ids.map((id) => byId.get(id) ?? gone);
}
