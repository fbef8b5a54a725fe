import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pino } from 'pino';
import { readPythonRequirements } from '../environment/python-requirements.ts';
import type { Action, Extension } from '../extension.ts';
import { type PreparedEnvironment, prepareEnvironment } from '../prepare-environment.ts';

/**
 * Prepares the environment of a folder for a script, as a task would; gives what it printed, too.
 *
 * @param afterStep - Happens after each program that the build runs.
 */
export async function prepare(
  folder: string,
  script: string,
  afterStep?: () => Promise<void>,
): Promise<PreparedEnvironment & { log: string }> {
  const output: string[] = [];
  const run = async (command: string, args: readonly string[], cwd: string): Promise<number> => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    await afterStep?.();
    return code ?? -1;
  };
  const toRun = {
    extension: { name: 'Test', folder } as Extension,
    action: { script } as Action,
    requirements: readPythonRequirements(folder),
  };
  const { signal } = new AbortController();
  const tools = { run, print: (line: string) => void output.push(`${line}\n`), signal };
  try {
    const log = pino({ level: 'silent' });
    const prepared = await prepareEnvironment({ log }, toRun, tools);
    return { ...prepared, log: output.join('') };
  } catch (error) {
    // What a task shows before the sentence.
    if (error instanceof Error) Object.assign(error, { log: output.join('') });
    throw error;
  }
}
