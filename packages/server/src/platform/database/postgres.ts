import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import type { Clock } from '../clock.ts';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { commitInDoubt } from './commit-in-doubt.ts';
import type { Database, Executor } from './database.ts';
import { lastEvent } from './event.queries.ts';
import { PatientPool } from './patient-pool.ts';
import { closePools, type PostgresPools } from './postgres-pools.ts';
import { bind, type Query } from './query.ts';
import { type WriteConnection, WriteQueue } from './write-queue.ts';

/** Any number, the same in all our processes: writers wait for each other, so events lie in the order of commits. */
const WRITER_LOCK = 7_271_828;

/** The database of an institute, or of several servers. */
export function openPostgres(pools: PostgresPools, clock: Clock): Database {
  const queue = new WriteQueue(
    () => begin(pools.main),
    () => clock.now(),
  );
  const read = executor((query) => pools.main.query(query));
  const slow = new PatientPool(pools.slow);
  const bulk = new PatientPool(pools.bulk);
  return {
    ...read,
    slow: executor((query) => slow.query(query)),
    bulk: executor((query) => bulk.query(query)),
    write: (work) => queue.add(work),
    expectWrite: () => queue.expect(),
    changeToken: async () => (await read.first(lastEvent, {}))?.sequence ?? 0,
    async close() {
      await queue.close();
      await closePools(pools);
    },
  };
}

async function begin(pool: Pool): Promise<WriteConnection> {
  const client = await pool.connect();
  const ask = untilLost(client);
  try {
    // An isolation that the database may have by default sees what there was before the lock was waited for.
    await client.query(`begin isolation level read committed; select pg_advisory_xact_lock(${WRITER_LOCK})`);
  } catch (error) {
    client.release(true);
    throw error;
  }
  return {
    ...executor(ask),
    execute: async (sql) => void (await ask({ text: sql })),
    async commit() {
      const { command } = await ask({ text: 'commit' }).catch((error: unknown) => {
        throw commitInDoubt(error);
      });
      // So it answers for a transaction in which a statement failed, and calls that no error.
      if (command !== 'COMMIT')
        throw new Error(`PostgreSQL answered ${command} to a commit; nothing was stored.`);
      client.release();
    },
    async undo() {
      await ask({ text: 'rollback' });
      client.release();
    },
    async abandon() {
      // The connection may be gone, or its state unknown: another one is cheap.
      client.release(true);
    },
  };
}

type Ask = (query: QueryConfig) => Promise<QueryResult>;

/** A query without an answer blocks its connection: those behind it fail at once instead of waiting as long again. */
function untilLost(client: PoolClient): Ask {
  let lost: unknown;
  return async (query) => {
    if (lost !== undefined) throw lost;
    try {
      return await client.query(query);
    } catch (error) {
      // What the server itself refuses has a severity.
      if (!(error instanceof Error && 'severity' in error)) lost = error;
      throw error;
    }
  };
}

function executor(ask: Ask): Executor {
  const run = <P extends object, Row>(query: Query<P, Row>, params: P) => {
    const statement = query.on('postgres');
    return ask({
      name: statement.name,
      text: statement.sql,
      values: bind(statement, params).map(storable),
    });
  };
  return {
    engine: 'postgres',
    all: async (query, params) => (await run(query, params)).rows,
    first: async (query, params) => (await run(query, params)).rows[0],
    run: async (query, params) => (await run(query, params)).rowCount ?? 0,
  };
}

/** PostgreSQL has no NUL in its texts; no row can hold one, so none can be asked for, alone or in a list. */
function storable(value: unknown): unknown {
  if (Array.isArray(value)) for (const element of value) storable(element);
  if (typeof value === 'string' && value.includes('\0')) {
    throw new AqueductError(
      'BAD_INPUT',
      'The request contains a NUL character, which no text of ours has. Remove it.',
    );
  }
  return value;
}
