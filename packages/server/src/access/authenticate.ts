import type { Scope } from '@aqueduct/contract';
import type { Executor } from '../platform/database/database.ts';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { findTaskGrant, TOKEN_PREFIX } from './task-token.ts';
import type { Viewer } from './viewer.ts';

/** What a task keeps of its starter's rights where its manifest narrows it to the experiments among its parameters. */
const NARROWED: ReadonlySet<Scope> = new Set([
  'experiment::view::own',
  'experiment::view::all',
  'experiment::edit::own',
  'experiment::edit::all',
]);

/**
 * Who is asking. Without login that is the single user, for whom no header is needed; only tokens of ours are looked
 * at.
 *
 * @throws AqueductError `UNAUTHORIZED` for a token that looks like ours and is not known, or whose task has ended.
 */
export async function authenticate(
  db: Executor,
  singleUser: Viewer,
  authorization: string | undefined,
): Promise<Viewer> {
  const token = /^bearer\s+(.*)$/i.exec(authorization ?? '')?.[1];
  if (!token?.startsWith(TOKEN_PREFIX)) return singleUser;
  const grant = await findTaskGrant(db, token);
  if (!grant) {
    throw new AqueductError(
      'UNAUTHORIZED',
      'This token is not known here, or its task has ended. Leave it out: without a login nobody needs one.',
    );
  }
  const { taskUuid, experiments } = grant;
  if (!experiments) return { ...singleUser, taskUuid };
  const scopes = new Set([...singleUser.scopes].filter((scope) => NARROWED.has(scope)));
  return { ...singleUser, taskUuid, scopes, only: new Set(experiments) };
}
