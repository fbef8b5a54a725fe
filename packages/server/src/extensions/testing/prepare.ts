import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pino } from 'pino';
import type { Action, Extension } from '../extension.ts';
import { type PreparedEnvironment, prepareEnvironment } from '../prepare-environment.ts';

/** Prepares the environment of a folder for a script, as a task would; gives what it printed, too. */
export async function prepare(
  folder: string,
  script: string,
  signal = new AbortController().signal,
  onStart: (pid: number) => void = () => undefined,
): Promise<PreparedEnvironment & { log: string }> {
  const output: string[] = [];
  const run = async (command: string, args: readonly string[], cwd: string): Promise<number> => {
    const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    onStart(child.pid ?? 0);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const end = () => process.kill(-(child.pid ?? 0), 'SIGKILL');
    signal.addEventListener('abort', end);
    const [code] = (await once(child, 'close')) as [number | null];
    signal.removeEventListener('abort', end);
    return code ?? -1;
  };
  const extension = { name: 'Test', folder } as Extension;
  const tools = { run, print: (line: string) => void output.push(`${line}\n`), signal };
  try {
    const log = pino({ level: 'silent' });
    const prepared = await prepareEnvironment({ log }, extension, { script } as Action, tools);
    return { ...prepared, log: output.join('') };
  } catch (error) {
    // What a task shows before the sentence.
    if (error instanceof Error) Object.assign(error, { log: output.join('') });
    throw error;
  }
}

// As a program of its own, which can be killed; it prints the process groups that it starts.
if (import.meta.main) {
  const [folder = '', script = ''] = process.argv.slice(2);
  await prepare(folder, script, undefined, (pid) => console.log(pid));
}
