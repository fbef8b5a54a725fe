import type { Pool } from 'pg';

/** All our tables lie in this schema, so that a database can be shared. */
export const POSTGRES_SCHEMA = 'aqueduct';

/** Together they end a request in less than 5.5 s when the server does not answer. */
const CONNECT_TIMEOUT_MS = 1500;
const QUERY_TIMEOUT_MS = 3800;
const MOST_CONNECTIONS = 10;
const MOST_SLOW_CONNECTIONS = 4;
const MOST_BULK_CONNECTIONS = 2;

/**
 * PostgreSQL gives up what we have given up before it: an abandoned query would go on. Never earlier, because a commit
 * whose wait for a replica it breaks off passes for done.
 */
const ABANDONED_AFTER_MS = 500;
/** Nothing but statements is done in a transaction: who does none in it is stopped, and must not keep the lock. */
const IDLE_IN_TRANSACTION_MS = 5000;
/** So long is waited before the other side of a silent connection is asked whether it is still there. */
const KEEP_ALIVE_S = 10;

/** The connections of a database: none is made before it is needed. */
export interface PostgresPools {
  readonly main: Pool;
  /** What may take more than a few milliseconds has connections of its own, so that nobody waits for one behind it. */
  readonly slow: Pool;
  /** And so have long counts. */
  readonly bulk: Pool;
}

/** Connects to PostgreSQL. */
export async function connectPostgres(
  url: string,
  queryTimeoutMs = QUERY_TIMEOUT_MS,
): Promise<PostgresPools> {
  const main = await makePool(url, queryTimeoutMs, MOST_CONNECTIONS);
  const slow = await makePool(url, queryTimeoutMs, MOST_SLOW_CONNECTIONS);
  return { main, slow, bulk: await makePool(url, queryTimeoutMs, MOST_BULK_CONNECTIONS) };
}

/** Ends all connections. */
export async function closePools({ main, slow, bulk }: PostgresPools): Promise<void> {
  await Promise.all([main.end(), slow.end(), bulk.end()]);
}

async function makePool(url: string, queryTimeoutMs: number, max: number): Promise<Pool> {
  const { default: pg } = await import('pg');
  // BIGINT: microseconds and sizes stay below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    ...addressWith(url, {
      search_path: `${POSTGRES_SCHEMA},public`,
      statement_timeout: queryTimeoutMs + ABANDONED_AFTER_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      tcp_keepalives_idle: KEEP_ALIVE_S,
      tcp_keepalives_interval: KEEP_ALIVE_S,
      tcp_keepalives_count: 3,
    }),
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_S * 1000,
    application_name: 'aqueduct',
  });
  // A connection that dies while idle is replaced by the next query. One that dies between two queries of its user
  // fails at the second; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * An address with settings of the session. Those that it has itself stay, in front of ours: of two for one name the last
 * one counts. node-postgres alone would drop ours.
 */
function addressWith(
  url: string,
  settings: Readonly<Record<string, string | number>>,
): { connectionString: string; options: string } {
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const address = new URL(url);
  const theirs = address.searchParams.getAll('options');
  if (theirs.length > 0) address.searchParams.delete('options');
  return {
    connectionString: theirs.length > 0 ? address.href : url,
    options: [...theirs, ...ours].join(' '),
  };
}
