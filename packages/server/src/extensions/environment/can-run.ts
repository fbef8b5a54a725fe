import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TIMEOUT_MS = 20_000;

/**
 * Whether the `PATH` of the server has a program, and it runs: shims of version managers may stand for nothing.
 *
 * @throws the signal's reason as soon as that aborts
 */
export async function canRun(program: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await promisify(execFile)(program, ['--version'], { timeout: TIMEOUT_MS, signal });
    return true;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}
