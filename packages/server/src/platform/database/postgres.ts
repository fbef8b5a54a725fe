import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import type { Clock } from '../clock.ts';
import { AqueductError } from '../errors/aqueduct-error.ts';
import { commitInDoubt } from './commit-in-doubt.ts';
import type { Database, Executor } from './database.ts';
import { lastEvent } from './event.queries.ts';
import { bind, type Query } from './query.ts';
import { type WriteConnection, WriteQueue } from './write-queue.ts';

/** All our tables lie in this schema, so that a database can be shared. */
export const POSTGRES_SCHEMA = 'aqueduct';

/** Together they end a request in less than 5.5 s when the server does not answer. */
const CONNECT_TIMEOUT_MS = 1500;
const QUERY_TIMEOUT_MS = 3800;
const MOST_CONNECTIONS = 10;

/** Any number, the same in all our processes: writers wait for each other, so events lie in the order of commits. */
const WRITER_LOCK = 7_271_828;

/** Connects to PostgreSQL. */
export async function connectPostgres(url: string, queryTimeoutMs = QUERY_TIMEOUT_MS): Promise<Pool> {
  const { default: pg } = await import('pg');
  // BIGINT: microseconds and sizes stay below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    options: `-c search_path=${POSTGRES_SCHEMA},public`,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: queryTimeoutMs,
    application_name: 'aqueduct',
  });
  // A connection that dies while idle is replaced by the next query. One that dies between two queries of its user
  // fails at the second; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The database of an institute, or of several servers. */
export function openPostgres(pool: Pool, clock: Clock): Database {
  const queue = new WriteQueue(
    () => begin(pool),
    () => clock.now(),
  );
  const read = executor((query) => pool.query(query));
  return {
    ...read,
    slow: read,
    bulk: read,
    write: (work) => queue.add(work),
    changeToken: async () => (await read.first(lastEvent, {}))?.sequence ?? 0,
    async close() {
      await queue.close();
      await pool.end();
    },
  };
}

async function begin(pool: Pool): Promise<WriteConnection> {
  const client = await pool.connect();
  const ask = untilLost(client);
  try {
    await client.query(`begin; select pg_advisory_xact_lock(${WRITER_LOCK})`);
  } catch (error) {
    client.release(true);
    throw error;
  }
  return {
    ...executor(ask),
    execute: async (sql) => void (await ask({ text: sql })),
    async commit() {
      await ask({ text: 'commit' }).catch((error: unknown) => {
        throw commitInDoubt(error);
      });
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

/** PostgreSQL has no NUL in its texts; no row can hold one, so none can be asked for. */
function storable(value: unknown): unknown {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new AqueductError(
      'BAD_INPUT',
      'The request contains a NUL character, which no text of ours has. Remove it.',
    );
  }
  return value;
}
