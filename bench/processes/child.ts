import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own, on the Node that runs the bench. */
export interface Child {
  readonly pid: number;
  readonly port: number;
  /** Ends it and waits for that. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 15_000;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts Node and waits until it prints the port that it listens at.
 *
 * @param port - Finds the port in what was printed; its first group is the number.
 */
export async function startNode(
  args: readonly string[],
  port: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', ...env },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let output = '';
  const found = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const [, text] = port.exec(output) ?? [];
        if (text !== undefined) resolve(text);
      });
    }
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}:\n${output}`)));
  });
  return { pid: child.pid ?? 0, port: Number(found), stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await exited;
  clearTimeout(impatience);
}
