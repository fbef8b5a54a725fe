import { open, rm } from 'node:fs/promises';
import type { BuildTools } from '../prepare-environment.ts';

/** Shows all output among the errors, so that standard output stays the script's own, and keeps it in a file. */
const SHOWN_AND_KEPT = `{ "$@" 2>&1; echo $? > "$0.code"; } | tee "$0" >&2; exit "$(cat "$0.code")"`;

/** What pip and uv say of a failure they say last; no memory holds all that a build may print. */
const MOST_OUTPUT = 1024 * 1024;

/** How a step of a build has ended. */
export interface StepResult {
  readonly code: number;
  /** The last MiB. */
  readonly output: string;
}

/**
 * Runs a step of a build as part of the task.
 *
 * @param log - Path of a file for its output, which is removed at the end.
 * @throws the signal's reason when the task is cancelled
 */
export async function runStep(
  { run, signal }: BuildTools,
  cwd: string,
  log: string,
  command: readonly string[],
): Promise<StepResult> {
  signal.throwIfAborted();
  try {
    const code = await run('sh', ['-c', SHOWN_AND_KEPT, log, ...command], cwd);
    signal.throwIfAborted();
    return { code, output: await endOf(log) };
  } finally {
    await Promise.all([log, `${log}.code`].map((file) => rm(file, { force: true })));
  }
}

async function endOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, MOST_OUTPUT);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
