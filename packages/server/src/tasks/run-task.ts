import type { Extension } from '../extensions/extension.ts';
import type { Command } from '../platform/child-process/start-command.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { logFailure } from '../platform/logging/log-failure.ts';
import type { StopReason } from '../platform/queue/job-queue.ts';
import { endTask } from './end-task.ts';
import { LateReads } from './note-task-files.ts';
import { OutputRecorder } from './output-recorder.ts';
import { prepareAction } from './prepare-action.ts';
import { runProcess } from './run-process.ts';
import type { Runner } from './runner.ts';
import { saveLogFile } from './save-log-file.ts';
import { StartNote } from './start-note.ts';
import type { TakenTask } from './take-task.ts';
import { taskEnvironment } from './task-environment.ts';
import type { TaskProcesses } from './task-processes.ts';

const FAILED =
  'The task could not be run, for a reason that is not known here; the log of the server says more. Try again.';

const CANCELLED: StopReason = 'cancelled';

/** Why a running task is ended before its script has. */
type EndReason = StopReason | 'timeout';

/** Runs a task that this worker has taken, to its end. */
export async function runTask(runner: Runner, task: TakenTask, stopping: AbortSignal): Promise<void> {
  const { services } = runner;
  const { db, config } = services;
  const recorder = new OutputRecorder(services, task.id, config.taskOutputMaxBytes, task.token);
  const processes = runner.keeper.begin(task.uuid);
  const start = new StartNote(runner, task);
  const reads = new LateReads(task.uuid);
  const resultCode = await runAction(runner, task, { recorder, start, processes, stopping }).catch(
    (error: unknown) => {
      const known = asAqueductError(error);
      logFailure(services.log, known);
      recorder.print(known.code === 'INTERNAL' ? FAILED : known.message);
      return null;
    },
  );
  try {
    await recorder.end();
    const logFile = task.isBlocking ? await saveLogFile(runner, task, recorder, resultCode, stopping) : null;
    await start.settle();
    await runner.untilDone(() =>
      db.write(async (tx) => {
        await start.write(tx);
        await recorder.writeRest(tx);
        await reads.write(tx);
        const isCancelled = stopping.reason === CANCELLED;
        await endTask(services, tx, task.id, { resultCode, logFile, isCancelled });
      }),
    );
  } finally {
    reads.end();
    const cleaned = runner.keeper.clean(processes);
    // What has left its groups is ended, too, but nobody waits for the look that finds it.
    if (processes.hasGroup()) await cleaned;
  }
}

interface Run {
  readonly recorder: OutputRecorder;
  readonly start: StartNote;
  readonly processes: TaskProcesses;
  readonly stopping: AbortSignal;
}

/** Prepares what the script needs, and runs it. Gives the exit code; null where ours was the reason to end without one. */
async function runAction(
  runner: Runner,
  task: TakenTask,
  { recorder, start, processes, stopping }: Run,
): Promise<number | null> {
  const { services, options } = runner;
  const { config } = services;
  const { timeoutSeconds = config.taskTimeoutSeconds } = (await task.toRun).action;
  const variablesFor = (extension: Extension) =>
    taskEnvironment({
      allowed: options.variables,
      extension,
      parameters: task.parameters,
      ownUrl: options.ownUrl,
      token: task.token,
      taskUuid: task.uuid,
      worker: runner.keeper.worker,
    });
  const ending = endSignal(stopping, timeoutSeconds);
  const run = (command: Command, onStart?: () => void) =>
    runProcess({
      launcher: runner.launcher,
      command,
      recorder,
      processes,
      keeper: runner.keeper,
      signal: ending.signal,
      ...(onStart ? { onStart } : {}),
    });

  let code: number | null = null;
  try {
    const prepared = await prepareAction(runner, task, start, (extension) => ({
      run: (file, args, cwd) => run({ file, args, cwd, env: variablesFor(extension) }),
      print: (line) => recorder.print(line),
      signal: ending.signal,
    }));
    const { extension, script, hash, environment } = prepared;
    const args = ['-c', environment.script];
    code = await run({ file: 'sh', args, cwd: extension.folder, env: variablesFor(extension) }, () => {
      start.begin({ ...environment, script, hash });
    });
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    ending.clear();
  }
  if (!ending.signal.aborted) return code;
  const reason = ending.signal.reason as EndReason;
  if (reason === 'timeout') recorder.print(`The task was ended: it ran longer than ${timeoutSeconds} s.`);
  if (reason === 'server is stopping') recorder.print('The task was ended: the server was stopped.');
  // A script that ends well when it is told to has not done what it was started for.
  return code === 0 ? null : code;
}

/** Aborts when the worker is to end the task, or its time is over; the reason is an {@link EndReason}. */
function endSignal(stopping: AbortSignal, timeoutSeconds: number): { signal: AbortSignal; clear(): void } {
  const ending = new AbortController();
  const stop = () => ending.abort(stopping.reason);
  if (stopping.aborted) stop();
  stopping.addEventListener('abort', stop, { once: true });
  const timer = timeoutSeconds > 0 ? longTimeout(() => ending.abort('timeout'), timeoutSeconds) : undefined;
  return {
    signal: ending.signal,
    clear() {
      stopping.removeEventListener('abort', stop);
      clearInterval(timer);
    },
  };
}

/** Timers of Node end at 24 days. */
function longTimeout(done: () => void, seconds: number): NodeJS.Timeout {
  const deadline = performance.now() + seconds * 1000;
  const look = Math.min(1000, seconds * 1000);
  return setInterval(() => performance.now() >= deadline && done(), look);
}
