import { setTimeout as sleep } from 'node:timers/promises';
import { isFileName, limits } from '@aqueduct/contract';
import { fileByName } from '../files/file.queries.ts';
import { uploadFile } from '../files/upload-file.ts';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import { littleOutput, pagesOf, type Stream } from './output-bytes.ts';
import type { OutputRecorder } from './output-recorder.ts';
import type { Runner } from './runner.ts';
import type { TakenTask } from './take-task.ts';
import { taskState } from './task.queries.ts';
import { NO_CODE } from './task.ts';

const RETRY_MS = 500;
const FORGOTTEN_AFTER_MS = 60_000;

/**
 * Saves the output of a task of the blocking form as a file of its experiment, as the contract names it and lays it
 * out. Gives its name; null where it could not be saved, which the task's standard error says, or the task went with its
 * experiment.
 *
 * @param stopping - Aborts when it is not tried again any more.
 */
export async function saveLogFile(
  runner: Runner,
  task: TakenTask,
  recorder: OutputRecorder,
  resultCode: number | null,
  stopping: AbortSignal,
): Promise<string | null> {
  const { db, log } = runner.services;
  if (!(await runner.untilDone(() => db.first(taskState, { id: task.id })))) return null;
  const little = await runner.untilDone(async () => {
    await db.write((tx) => recorder.writeRest(tx));
    return littleOutput(db, task.id);
  });
  const output = (stream: Stream) =>
    // Copies: what is given to the storage is its own.
    little ? [Buffer.from(little[stream])] : pagesOf(db, task.id, stream, (read) => runner.untilDone(read));
  const content = async function* () {
    yield Buffer.from(`result code:\n${resultCode ?? NO_CODE}\n======\nstdout:\n`);
    yield* output(1);
    yield Buffer.from('\n======\nstderr:\n');
    yield* output(2);
    yield Buffer.from('\n');
  };
  try {
    return await save(runner, task, content, stopping);
  } catch (err) {
    log.warn({ err, eid: task.eid }, 'the log file of a task could not be saved');
    recorder.print(`The log file of this task could not be saved in ${task.eid}.`);
    return null;
  }
}

type Content = () => AsyncIterable<Buffer>;

/** How many of one name were tried, in its second. */
const tried = new Map<string, number>();

async function save(
  runner: Runner,
  task: TakenTask,
  content: Content,
  stopping: AbortSignal,
): Promise<string> {
  const now = new Date();
  const first = logFileName(task, now, 1);
  const key = `${task.experimentUuid}/${first}`;
  for (;;) {
    // Of hundreds that end together, each has its own number at once.
    const count = (tried.get(key) ?? 0) + 1;
    tried.set(key, count);
    if (count === 1) setTimeout(() => tried.delete(key), FORGOTTEN_AFTER_MS).unref();
    const name = logFileName(task, now, count);
    if (await saveAs(runner, task, { name, content, stopping })) return name;
  }
}

/**
 * Saves a file, unless there is another of its name, maybe that of a run of this second on another server; waits for the
 * database if need be. Stored anew in each try: bytes whose commit failed are discarded, or already a file's where that
 * is in doubt.
 *
 * @returns whether the file of this name is this one.
 */
async function saveAs(
  runner: Runner,
  { uuid, experimentId, experimentUuid }: TakenTask,
  { name, content, stopping }: { name: string; content: Content; stopping: AbortSignal },
): Promise<boolean> {
  const { db, storage, log } = runner.services;
  let sha256: string | undefined;
  for (;;) {
    const there = await runner.untilDone(() => db.first(fileByName, { experimentId, name }));
    if (there) return there.task_uuid === uuid && there.sha256 === sha256;
    const object = await storage.put(content());
    sha256 = object.sha256;
    try {
      await uploadFile(runner.contextOf(uuid), { uuid: experimentUuid, name, object, replaces: null });
      return true;
    } catch (err) {
      const { code } = asAqueductError(err);
      if (code === 'CONFLICT') continue;
      if (code !== 'UNAVAILABLE' || stopping.aborted) throw err;
      log.warn({ err, task: uuid }, 'the log file of a task waits for the database');
    }
    await sleep(RETRY_MS);
    // Not stored again and again for a database that takes nothing yet.
    await runner.untilDone(() => db.write(async () => undefined));
  }
}

/** `{extension}-{action}-{YYYYMMDD-HHMMSS}.log`; a second run in the same second gets a number. */
function logFileName(task: TakenTask, now: Date, count: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const stamp = `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  const stem = cleaned(`${task.extensionName}-${task.actionName}`);
  return `${stem}-${stamp}${count === 1 ? '' : `-${count}`}.log`;
}

/** Names of extensions and actions may hold what names of files may not. */
function cleaned(stem: string): string {
  const room = limits.fileNameBytes - '-20241122-133700-100.log'.length;
  let clean = [...stem].map((character) => (isFileName(`x${character}x`) ? character : '_')).join('');
  while (Buffer.byteLength(clean) > room) clean = [...clean].slice(0, -1).join('');
  return isFileName(`${clean}-x.log`) ? clean : 'log';
}
