import { readFile, rm } from 'node:fs/promises';
import type { BuildTools } from '../prepare-environment.ts';

/** Shows all output among the errors, so that standard output stays the script's own, and keeps it in a file. */
const SHOWN_AND_KEPT = `{ "$@" 2>&1; echo $? > "$0.code"; } | tee "$0" >&2; exit "$(cat "$0.code")"`;

/** How a step of a build has ended. */
export interface StepResult {
  readonly code: number;
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
    return { code, output: await readFile(log, 'utf8') };
  } finally {
    await Promise.all([log, `${log}.code`].map((file) => rm(file, { force: true })));
  }
}
