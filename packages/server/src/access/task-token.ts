import { createHash, randomBytes } from 'node:crypto';
import type { Executor, Transaction } from '../platform/database/database.ts';
import { query } from '../platform/database/query.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import type { Viewer } from './viewer.ts';

/** Tokens of Aqueduct begin so; whatever else stands in `API_TOKEN` of a client's machine is not meant for us. */
export const TOKEN_PREFIX = 'aqd_';

/** What a token of a task is good for. */
interface TaskGrant {
  readonly taskUuid: string;
  readonly userUuid: string;
  /** UUIDs of the only experiments; undefined for all of the user's. */
  readonly experiments: readonly string[] | undefined;
}

const insertToken = query<{ hash: string; taskUuid: string; userUuid: string; experiments: string | null }>()(
  (db, p) =>
    db.insertInto('task_token').values({
      token_hash: p.hash,
      task_uuid: p.taskUuid,
      user_uuid: p.userUuid,
      experiments_json: p.experiments,
    }),
);

const tokenByHash = query<{ hash: string }>()((db, p) =>
  db.selectFrom('task_token').selectAll().where('token_hash', '=', p.hash),
);

const tokenOfTask = query<{ taskUuid: string }>()((db, p) =>
  db.selectFrom('task_token').select('task_uuid').where('task_uuid', '=', p.taskUuid).limit(1),
);

const deleteTokens = query<{ taskUuid: string }>()((db, p) =>
  db.deleteFrom('task_token').where('task_uuid', '=', p.taskUuid),
);

/** Makes a secret of 256 bits for a task; only its hash is kept. */
export async function issueTaskToken(tx: Transaction, grant: TaskGrant): Promise<string> {
  const token = `${TOKEN_PREFIX}task_${randomBytes(32).toString('base64url')}`;
  await tx.run(insertToken, {
    hash: hashOf(token),
    taskUuid: grant.taskUuid,
    userUuid: grant.userUuid,
    experiments: grant.experiments ? JSON.stringify(grant.experiments) : null,
  });
  return token;
}

/** What a token is good for; undefined where it is unknown, or its task has ended. */
export async function findTaskGrant(db: Executor, token: string): Promise<TaskGrant | undefined> {
  const row = await db.first(tokenByHash, { hash: hashOf(token) });
  if (!row) return undefined;
  const experiments =
    row.experiments_json === null ? undefined : (JSON.parse(row.experiments_json) as string[]);
  return { taskUuid: row.task_uuid, userUuid: row.user_uuid, experiments };
}

/**
 * What takes long, or waits, may outlive the task whose token it came with.
 *
 * @throws AqueductError `UNAUTHORIZED` where a task is asking that has ended.
 */
export async function requireTokenOfTask(db: Executor, { taskUuid }: Viewer): Promise<void> {
  if (taskUuid === undefined || (await db.first(tokenOfTask, { taskUuid }))) return;
  throw new AqueductError(
    'UNAUTHORIZED',
    'The task whose token this is has ended meanwhile. Nothing was changed.',
  );
}

/** Ends what a task may do. */
export async function revokeTaskTokens(tx: Transaction, taskUuid: string): Promise<void> {
  await tx.run(deleteTokens, { taskUuid });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
