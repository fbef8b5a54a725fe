import { scopes } from '@aqueduct/contract';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database/database.ts';
import { query } from '../platform/database/query.ts';
import type { Viewer } from './viewer.ts';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

const rememberUser = query<{ uuid: string; username: string; now: number }>()((db, p) =>
  db
    .insertInto('user')
    .values({ uuid: p.uuid, username: p.username, created_at: p.now })
    .onConflict((conflict) => conflict.column('uuid').doUpdateSet({ username: p.username })),
);

const userByUuid = query<{ uuid: string }>()((db, p) =>
  db.selectFrom('user').select('username').where('uuid', '=', p.uuid),
);

/** The user of an installation without login: may do everything. For its server, which names it as it is told. */
export async function singleUser(db: Database, clock: Clock, username: string): Promise<Viewer> {
  if ((await nameOfUser(db)) !== username)
    await db.write((tx) => tx.run(rememberUser, { uuid: NIL_UUID, username, now: clock.now() }));
  return { uuid: NIL_UUID, username, scopes: new Set(scopes) };
}

/**
 * The same for a command beside the server: the user keeps the name that the server gave it.
 *
 * @param username - Counts only where no server has been here yet.
 */
export async function singleUserAsItIs(db: Database, clock: Clock, username: string): Promise<Viewer> {
  return singleUser(db, clock, (await nameOfUser(db)) ?? username);
}

async function nameOfUser(db: Database): Promise<string | undefined> {
  return (await db.first(userByUuid, { uuid: NIL_UUID }))?.username;
}
