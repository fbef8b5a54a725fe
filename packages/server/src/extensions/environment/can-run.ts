import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TIMEOUT_MS = 20_000;

/** Whether the `PATH` of the server has a program, and it runs: shims of version managers may stand for nothing. */
export async function canRun(program: string): Promise<boolean> {
  try {
    await promisify(execFile)(program, ['--version'], { timeout: TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}
