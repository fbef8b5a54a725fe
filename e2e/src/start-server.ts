import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@aqueduct/server/testing';

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/aqueduct.js', import.meta.url));

/** `aqueduct serve` in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly dataDir: string;
  /** Without it, SQLite in the data folder. */
  readonly databaseUrl: string | undefined;
  readonly child: ChildProcess;
  /** All that it has printed. */
  output(): string;
  /** Ends it and waits for that; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

interface StartOptions {
  dataDir?: string;
  databaseUrl?: string | undefined;
  port?: number;
  env?: Readonly<Record<string, string>>;
  /** A program that starts it and becomes it, with its own arguments. */
  under?: readonly string[];
}

/** Starts a server and waits until it can work. */
export async function startServer(options: StartOptions = {}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? (await temporaryFolder());
  const env: Record<string, string> = {
    AQUEDUCT_FREE_SPACE_RESERVE: '0',
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
    ...options.env,
  };
  const args = ['serve', '--port', String(port), '--data-dir', dataDir];
  const { child, output } = startCommand(args, env, options.under);
  const url = `http://localhost:${port}`;
  // Another server may have got the port meanwhile, and answer there.
  const isOwn = () => env.AQUEDUCT_LOG_LEVEL === 'silent' || output().includes('Server listening at');
  while (!isOwn() || !(await isReady(url))) {
    const end = child.exitCode ?? child.signalCode;
    if (end !== null) throw new Error(`The server ended with ${end}:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url,
    dataDir,
    databaseUrl: options.databaseUrl,
    child,
    output,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

/** Runs the command with arguments until it ends. */
export async function runCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { child, output } = startCommand(args, env);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

/** Starts the command with arguments; `under` is a program that starts it, with its own arguments. */
export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  under: readonly string[] = [],
) {
  const [program = process.execPath, ...rest] = [...under, process.execPath, COMMAND, ...args];
  const child = spawn(program, rest, {
    // A terminal that it runs under takes from the first what is typed.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/ready`).then(
    (answer) => answer.ok,
    () => false,
  );
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
